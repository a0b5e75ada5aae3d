using Microsoft.AspNetCore.Http.HttpResults;
using OpenData.Portal.Access;
using OpenData.Warehouse.Accounts;

namespace OpenData.Portal.Api;

/// <summary><c>/api/v1/me</c>: who asks, by session or by token.</summary>
internal static class CallerEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps it under the group.</summary>
    public static RouteGroupBuilder MapCaller(this RouteGroupBuilder group)
    {
        group.MapMethods("/me", Reading, Me)
            .ForCallers()
            .Produces<Problem>(StatusCodes.Status400BadRequest, "application/problem+json")
            .Produces<Problem>(StatusCodes.Status401Unauthorized, "application/problem+json")
            .Produces<Problem>(StatusCodes.Status503ServiceUnavailable, "application/problem+json")
            .WithTags("People").WithSummary("Who am I")
            .WithDescription("Name, roles and units of the caller: of a bearer token (Authorization: Bearer …) of the identity provider that the operator configured, or of a session of the administration; never of both.");
        return group;
    }

    private static Ok<CallerDetail> Me(HttpContext context)
    {
        Paging.RefuseOthers(context.Request);
        var caller = Caller.Require(context);
        return TypedResults.Ok(new CallerDetail
        {
            Name = caller.Name,
            Way = caller.Way == CallerWay.Token ? "token" : "session",
            Roles = [.. caller.Rights.Roles.Select(AccountRoles.Text)],
            Units = caller.Rights.Units,
        });
    }
}
