using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using OpenData.Portal.Errors;
using OpenData.Portal.OData;
using OpenData.Portal.Serving;

namespace OpenData.Portal.Api.Description;

/// <summary><c>/datasets/{id}/openapi.json</c>: every way to the rows of one dataset, for generators of clients.</summary>
internal static class DescriptionEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    /// <summary>Maps the address under the group (<c>/datasets</c>).</summary>
    public static RouteGroupBuilder MapDescriptions(this RouteGroupBuilder group)
    {
        var route = group.MapMethods("/{id}/openapi.json", Reading, SendAsync)
            .WithTags("Datasets")
            .WithSummary("OpenAPI description of a dataset")
            .WithDescription("OData set, rows and downloads of this dataset with their parameters, the schema of its rows and the failures; OpenAPI 3.1, in the language of Accept-Language.")
            .WithMetadata(new QueryParameter("asof", "A version's name, an instant with offset, or a day: the version of that time.", "2026-11-01"))
            .Produces(StatusCodes.Status200OK, contentType: "application/json")
            .Produces(StatusCodes.Status304NotModified);
        foreach (var status in new[] { 400, 404, 410 })
        {
            route.Produces<Problem>(status, "application/problem+json");
        }

        return group;
    }

    private static async Task SendAsync(string id, HttpContext context, ServedData served, AsOf versions, PortalOptions options)
    {
        Paging.RefuseOthers(context.Request, "asof");
        var state = served.RequireReady();
        var dataset = versions.Of(served.Require(state, id), context.Request.Query.TryGetValue("asof", out var asOf) ? asOf.ToString() : null);
        var language = Language.Of(context.Request);
        var relations = dataset.Contract.Relations.Where(r => state.Find(r.To) is not null).Select(r => r.Name).ToList();
        var document = new DatasetDescription(dataset, relations, language, PublicAddress.Root(context.Request, options)).Make();
        context.Response.Headers.ContentLanguage = language;
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        await SmallAnswer.WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(document, Readable), "application/json; charset=utf-8");
    }
}
