using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Api;
using OpenData.Portal.Errors;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Export;

namespace OpenData.Portal.Downloads;

/// <summary>Whole tables: <c>/datasets/{id}.{ext}</c> for the latest version, <c>/datasets/{id}/versions/{version}.{ext}</c> for a named one.</summary>
internal static class DownloadEndpoints
{
    private const string Endings = "csv, csv.gz, xlsx, tsv, json, ndjson, geojson, parquet, arrow or arrows.";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    private static readonly QueryParameter Excel =
        new("excel", "1 gives CSV for Excel: byte order mark, CRLF, cells that look like formulas with an apostrophe; csv only.", "1");

    /// <summary>Adds what downloads and the rows of the API need.</summary>
    public static IServiceCollection AddDownloads(this IServiceCollection services) => services
        .AddSingleton(provider => new DistributionWriters(
            provider.GetRequiredService<SpillFolder>().Path, provider.GetRequiredService<PortalOptions>().CacheMb * 1024L * 1024L / 2))
        .AddSingleton<TableExport>()
        .AddSingleton<WholeTable>()
        .AddSingleton<RowsAnswer>();

    /// <summary>Maps the addresses under the group (<c>/datasets</c>).</summary>
    public static void MapDownloads(this RouteGroupBuilder group)
    {
        Describe(group.MapMethods("/{id}.{extension}", Reading, LatestAsync), "Whole table, latest version",
            Endings + " ETag and 304, ranges, digests; Link rel=canonical names the immutable address of the same bytes.")
            .WithMetadata(new QueryParameter("asof", "A version's name, an instant with offset, or a day: the version of that time.", "2026-11-01"))
            .Produces<Problem>(StatusCodes.Status410Gone, "application/problem+json");
        Describe(group.MapMethods("/{id}/versions/{version}.{extension}", Reading, PinnedAsync), "Whole table, one version for ever",
            Endings + " Never changes. 410 when the version is no longer kept.")
            .Produces<Problem>(StatusCodes.Status410Gone, "application/problem+json");
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string summary, string description)
    {
        var types = DistributionFormat.All.Select(f => f.MediaType.Split(';')[0]).Append("application/gzip").Distinct().ToArray();
        return route.WithTags("Downloads").WithSummary(summary).WithDescription(description).WithMetadata(Excel)
            .Produces(StatusCodes.Status200OK, contentType: types[0], additionalContentTypes: types[1..])
            .Produces<Problem>(StatusCodes.Status400BadRequest, "application/problem+json")
            .Produces<Problem>(StatusCodes.Status404NotFound, "application/problem+json");
    }

    private static Task LatestAsync(string id, string extension, HttpContext context, ServedData served, AsOf versions, WholeTable tables)
    {
        var (name, ending) = Split(id, extension);
        var current = served.Require(name);
        var dataset = versions.Of(current, Options(context.Request, "asof", "excel").GetValueOrDefault("asof"));
        return tables.SendAsync(context, dataset, Form(context.Request, dataset.Contract, ending), pinned: false);
    }

    private static Task PinnedAsync(string id, string version, string extension, HttpContext context, ServedData served, WholeTable tables)
    {
        var (name, ending) = Split(version, extension);
        var dataset = served.Require(id, name);
        Options(context.Request, "excel");
        return tables.SendAsync(context, dataset, Form(context.Request, dataset.Contract, ending), pinned: true);
    }

    /// <summary>The router cuts at the last dot; an ending may have two.</summary>
    private static (string Name, string Ending) Split(string before, string after)
    {
        var dot = before.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? (before, after) : (before[..dot], $"{before[(dot + 1)..]}.{after}");
    }

    private static DownloadForm Form(HttpRequest request, DatasetContract contract, string ending)
        => DownloadForm.Of(contract, ending, request.Query.TryGetValue("excel", out var excel) ? excel.ToString() : null);

    /// <summary>Obey or fail: an option that a whole-table download does not know is refused, never passed over.</summary>
    private static Dictionary<string, string> Options(HttpRequest request, params ReadOnlySpan<string> known)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in request.Query)
        {
            if (!known.Contains(name) || value.Count != 1)
            {
                throw new OpenDataException(
                    PortalErrors.InvalidParameter,
                    new LocalText(
                        "Tải cả bảng chỉ nhận các tham số excel và asof. Muốn lọc, hãy dùng /api/v1/datasets/{id}/rows.",
                        "A whole-table download takes the parameters excel and asof. To filter, use /api/v1/datasets/{id}/rows."),
                    suggestion: string.Join(", ", known.ToArray()));
            }

            options.Add(name, value.ToString());
        }

        return options;
    }
}
