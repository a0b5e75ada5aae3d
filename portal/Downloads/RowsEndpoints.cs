using OpenData.Portal.Api;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.Downloads;

/// <summary><c>/api/v1/datasets/{id}/rows</c>: any part of a table, in any format.</summary>
internal static class RowsEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps the address under the group (<c>/api/v1</c>).</summary>
    public static void MapRows(this RouteGroupBuilder group)
    {
        var types = DistributionFormat.All.Select(f => f.MediaType.Split(';')[0]).Distinct().Where(t => t != "application/json").ToArray();
        var route = group.MapMethods("/datasets/{id}/rows", Reading, SendAsync)
            .WithTags("Datasets")
            .WithSummary("Rows of a dataset")
            .WithDescription(
                "Any columns of any rows in any order and format, streamed; without parameters the whole table as a JSON array. The answer is of one version, "
                + "named in OpenData-Version. ETag and 304; parquet and arrow come with length, digest and ranges.")
            .WithMetadata(
                new QueryParameter("columns", "Names with commas, in the order wanted; all when absent.", "code,name"),
                new QueryParameter("where", "Which rows: the language of OData's $filter.", "startswith(code,'19') and population gt 5000"),
                new QueryParameter("search", "Which rows: words and phrases of the searchable columns, without regard to marks and case; OData's $search.", "\"thai nguyen\" NOT song"),
                new QueryParameter("order", "Terms with commas, each with asc or desc: the language of OData's $orderby. Physical order when absent.", "population desc"),
                new QueryParameter("limit", "Rows at most; all when absent.", "100") { IsNumber = true },
                new QueryParameter("format", string.Join(", ", DistributionFormat.All.Select(f => f.Word)) + "; else what Accept asks for, else json.", "csv"),
                new QueryParameter("asof", "A version's name, an instant with offset, or a day: the version of that time.", "2026-11-01"))
            .Produces(StatusCodes.Status200OK, contentType: "application/json", additionalContentTypes: types)
            .Produces(StatusCodes.Status304NotModified);
        foreach (var status in new[] { 400, 404, 406, 410, 413, 503 })
        {
            route.Produces<Problem>(status, "application/problem+json");
        }
    }

    private static Task SendAsync(
        string id, HttpContext context, ServedData served, AsOf versions, RowsAnswer answer, QueryLimits limits, TimeProvider clock)
        => answer.SendAsync(context, RowsRequest.Read(context.Request, served.Require(id), versions, limits, clock.GetUtcNow()));
}
