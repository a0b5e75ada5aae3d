using OpenData.Portal.Api;
using OpenData.Portal.Downloads;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Changes;

namespace OpenData.Portal.Changes;

/// <summary>What changed between two versions: <c>/datasets/{id}/changes</c>, with or without an ending, and <c>/api/v1/datasets/{id}/changes</c>.</summary>
internal static class ChangesEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Adds what the addresses need.</summary>
    public static IServiceCollection AddChanges(this IServiceCollection services) => services.AddSingleton<ChangesAnswer>();

    /// <summary>Maps the addresses under a group that has datasets at <paramref name="prefix"/>.</summary>
    /// <param name="group">The group.</param>
    /// <param name="prefix">Path of a dataset within the group, for example <c>/datasets</c>; empty when the group is that of datasets.</param>
    public static RouteGroupBuilder MapChanges(this RouteGroupBuilder group, string prefix)
    {
        Describe(group.MapMethods(prefix + "/{id}/changes", Reading, SendAsync))
            .WithMetadata(new QueryParameter("format", string.Join(", ", ChangeFormat.All.Select(f => f.Word)) + "; json when absent.", "ndjson"));
        Describe(group.MapMethods(prefix + "/{id}/changes.{extension}", Reading, SendAsWrittenAsync));
        return group;
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route)
    {
        route.WithTags("Versions")
            .WithSummary("Changes between two versions")
            .WithDescription(
                "Rows added, changed (key, old and new values of the columns that differ) and removed, matched by the dataset's key; a dataset whose key is the whole row has added "
                + "and removed rows only. Columns that only one of the versions has are left out and named. 409 when the key or a type changed in between.")
            .WithMetadata(
                new OwnEncoding(),
                new QueryParameter("from", "A version's name, an instant with offset, or a day: compared from there. Required.", "2026-11-01"),
                new QueryParameter("to", "The same; the current version when absent.", "2026-12-01"))
            .Produces(StatusCodes.Status200OK, contentType: "application/json", additionalContentTypes: ["application/x-ndjson", "text/csv"])
            .Produces(StatusCodes.Status304NotModified);
        foreach (var status in new[] { 400, 404, 409, 410, 413, 503 })
        {
            route.Produces<Problem>(status, "application/problem+json");
        }

        return route;
    }

    private static Task SendAsync(string id, HttpContext context, ServedData served, AsOf versions, ChangesAnswer answer)
        => answer.SendAsync(context, ChangesRequest.Read(context.Request, served.Require(id), versions, ending: null));

    private static Task SendAsWrittenAsync(string id, string extension, HttpContext context, ServedData served, AsOf versions, ChangesAnswer answer)
        => answer.SendAsync(context, ChangesRequest.Read(context.Request, served.Require(id), versions, extension));
}
