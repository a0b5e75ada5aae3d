using System.Globalization;
using System.Security.Cryptography;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Api;
using OpenData.Portal.Downloads;
using OpenData.Portal.Errors;
using OpenData.Portal.Pages;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Publishing;

namespace OpenData.Portal.Feeds;

/// <summary>
/// New versions as feeds: <c>/feeds/datasets.{atom,json}</c> of all open datasets, <c>/feeds/{id}.{atom,json}</c> of one; Vietnamese, and
/// in English under <c>/en/feeds</c>. By address alone, as pages, so that caches keep them apart by themselves. A dataset that were called
/// <c>datasets</c> would have no feed of its own.
/// </summary>
internal static class FeedEndpoints
{
    private const int ItemsMax = 50;
    private const string AllDatasets = "datasets";
    private const string AtomEnding = "atom";
    private const string JsonEnding = "json";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps the addresses in both languages.</summary>
    public static void MapFeeds(this IEndpointRouteBuilder routes)
    {
        foreach (var prefix in new[] { "/feeds", "/en/feeds" })
        {
            routes.MapGroup(prefix).ExcludeFromDescription().MapMethods("/{id}.{extension}", Reading, SendAsync);
        }
    }

    private static Task SendAsync(string id, string extension, HttpContext context, ServedData served, PortalOptions options)
    {
        Check(context.Request, extension);
        var language = LanguageOf(context.Request);
        var state = served.RequireReady();
        var isAll = id == AllDatasets;
        var datasets = isAll ? state.Datasets : [served.Require(state, id)];
        var title = isAll ? Words.NewVersions.For(language) : datasets[0].Contract.Title.For(language);
        var root = PublicAddress.Root(context.Request, options);
        var feed = new Feed(
            $"{options.Name.For(language)}: {title}",
            language,
            root + context.Request.Path.ToUriComponent(),
            Page(root, isAll ? "/datasets" : $"/datasets/{id}/versions", language),
            options.Name.For(language),
            [.. served.Newest(datasets, ItemsMax).Select(v => Item(v.Dataset, v.Version, state.Catalog, root, language))]);
        return WriteAsync(context, extension, feed);
    }

    private static void Check(HttpRequest request, string extension)
    {
        Paging.RefuseOthers(request);
        if (extension is not (AtomEnding or JsonEnding))
        {
            throw new OpenDataException(
                PortalErrors.FormatNotOffered,
                new LocalText("Nguồn tin có ở dạng Atom và JSON.", "Feeds come as Atom and JSON."),
                suggestion: $"{AtomEnding}, {JsonEnding}");
        }
    }

    private static string LanguageOf(HttpRequest request)
        => request.Path.StartsWithSegments("/en", StringComparison.Ordinal) ? Language.English : Language.Vietnamese;

    private static string Page(string root, string path, string language) => root + (language == Language.English ? "/en" : "") + path;

    private static FeedItem Item(ServedDataset dataset, Snapshot version, Catalog catalog, string root, string language)
    {
        var manifest = version.Manifest;
        var files = $"{root}/datasets/{dataset.Id}";
        var packed = new DownloadForm(Warehouse.Export.DistributionFormat.Csv, IsPacked: true);
        var csv = version.CollectedAt is null && DownloadForm.Offered(dataset.Contract).Contains(packed) ? packed.Known(manifest) : null;
        return new FeedItem(
            $"{root}/api/v1/datasets/{dataset.Id}/versions/{version.Version}",
            $"{Page(root, $"/datasets/{dataset.Id}/versions", language)}#{version.Version}",
            $"{dataset.Contract.Title.For(language)}: {FeedWords.Counts(manifest.Counts, language)}",
            FeedWords.Text(manifest, language),
            catalog.Publisher(dataset.Contract.Publisher)?.Name.For(language) ?? dataset.Contract.Publisher,
            catalog.Theme(dataset.Contract.Theme)?.Name.For(language) ?? dataset.Contract.Theme,
            manifest.PublishedAt,
            manifest.PreviousVersion is { } previous && version.CollectedAt is null && IsKept(version, previous)
                ? $"{files}/changes.json?from={previous}&to={version.Version}"
                : null,
            csv is null ? null : new FeedFile($"{files}/versions/{version.Version}.{packed.Address}", packed.MediaType, csv.Bytes));
    }

    private static bool IsKept(Snapshot sibling, string version)
        => File.Exists(Path.Combine(Path.GetDirectoryName(sibling.Folder)!, version, SnapshotFiles.Data)); // a version lies in its dataset's folder

    private static async Task WriteAsync(HttpContext context, string extension, Feed feed)
    {
        var isAtom = extension == AtomEnding;
        var body = isAtom ? AtomFeed.Write(feed) : JsonFeed.Write(feed);
        var response = context.Response;
        response.ContentType = (isAtom ? AtomFeed.MediaType : JsonFeed.MediaType) + "; charset=utf-8";
        response.Headers.ContentLanguage = feed.Language;
        response.Headers.CacheControl = "public, no-cache";

        // Weak: the answer may be packed on its way.
        response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"W/\"{Convert.ToHexStringLower(SHA256.HashData(body))[..32]}\"");
        if (DownloadHeaders.CallerHasIt(context.Request, response))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }
}
