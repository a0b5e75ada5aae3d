using System.Globalization;
using OpenData.Catalogs;

namespace OpenData.Ingest.Sources;

/// <summary>Pure: which address is asked next.</summary>
internal static class PageAddress
{
    /// <summary>Address of the first page.</summary>
    /// <param name="address">The contract's address, filled.</param>
    /// <param name="read">What is read: paging and bounds.</param>
    internal static Uri First(Uri address, SourceRead read)
    {
        var (result, source) = (address, read.Contract.Source);
        if (source is { Kind: "odata", Incremental: not null })
        {
            result = ODataBounds.Into(result, read);
        }
        else if (source.Incremental is { } incremental)
        {
            result = read.Since is { } bound ? With(result, incremental.Parameter, Spelled(bound)) : result;
            result = read.SinceNumber is { } number ? With(result, incremental.Parameter, number) : result;
            result = read.Until is { } end && incremental.Until is { } parameter ? With(result, parameter, Spelled(end)) : result;
        }

        if (source is { Kind: "odata", Counted: true } && !result.Query.TrimStart('?').Split('&').Any(part => IsOption(part, "count")))
        {
            // Not every service knows an escaped dollar.
            result = new UriBuilder(result) { Query = (result.Query.Length > 1 ? result.Query + "&" : "") + "$count=true" }.Uri;
        }

        if (source.Paging is { } paging)
        {
            result = paging is { SizeParameter: { } name, Size: { } size } ? With(result, name, size) : result;
            result = paging.Style switch
            {
                "page" => With(result, paging.Parameter ?? "page", 1),
                "offset" => With(result, paging.Parameter ?? "offset", 0),
                _ => result,
            };
        }

        return result;
    }

    /// <summary>
    /// Address after a page, or null at the end. Without a declared total only an empty page is the end: a source may give smaller pages
    /// than we asked for.
    /// </summary>
    internal static Uri? Next(Uri first, Uri current, SourceBinding source, HttpPage page, JsonPage facts, PageProgress progress)
    {
        var done = facts.Records == 0 || progress.Records == progress.Total;
        return source.Paging switch
        {
            null => facts.Next is { } link ? Resolve(first, current, link) : null,
            { Style: "page" } paging => done ? null : With(current, paging.Parameter ?? "page", progress.Pages + 1),
            { Style: "offset" } paging => done ? null : With(current, paging.Parameter ?? "offset", progress.Records),
            { Style: "link" } => page.NextLink is { } header ? Resolve(first, current, header) : null,
            var paging => facts.Next is { } next ? Cursor(first, current, paging, next) : null,
        };
    }

    private static Uri Cursor(Uri first, Uri current, PagingBinding paging, string next)
        => paging.Parameter is { } name && !IsAddress(next) ? With(current, name, next) : Resolve(first, current, next);

    private static bool IsAddress(string next)
        => next[0] is '/' or '?' || next.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || next.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static Uri Resolve(Uri first, Uri current, string next)
        => Uri.TryCreate(current, next, out var address) && SourceHttp.SameOrigin(first, address)
            ? address
            : throw SourceFailure.Of(
                SourceErrors.PageNotReadable,
                "Địa chỉ trang kế tiếp không thuộc máy chủ của nguồn.",
                "The next page's address is not on the source's host.");

    /// <summary>An instant as sources are asked for it: UTC, ISO 8601.</summary>
    internal static string Spelled(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>True for a part of a query that is this option of OData: <c>$count</c>, <c>%24count</c>, and <c>count</c> as 4.01 allows.</summary>
    internal static bool IsOption(string part, string name)
        => Uri.UnescapeDataString(part.Split('=')[0]).TrimStart('$').Equals(name, StringComparison.OrdinalIgnoreCase);

    private static Uri With(Uri address, string name, long value) => With(address, name, value.ToString(CultureInfo.InvariantCulture));

    private static Uri With(Uri address, string name, string value)
    {
        var escaped = Uri.EscapeDataString(name);
        var others = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(part => !string.Equals(part.Split('=')[0], escaped, StringComparison.Ordinal));
        var query = string.Join('&', others.Append($"{escaped}={Uri.EscapeDataString(value)}"));
        return new UriBuilder(address) { Query = query }.Uri;
    }
}
