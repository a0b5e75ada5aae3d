using Microsoft.AspNetCore.Http.Features;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.OData;

/// <summary>The address of one request as the caller wrote it: path segments and query options, percent escapes undone, nothing dropped.</summary>
/// <param name="Segments">Path segments below <c>/odata</c>, decoded; empty ones are tolerated and left out.</param>
/// <param name="Options">Names and values in order, decoded; a plus stays a plus.</param>
internal sealed record ODataRequest(IReadOnlyList<string> Segments, IReadOnlyList<KeyValuePair<string, string>> Options)
{
    /// <summary>Filters that the path names; they hold beside that of the options.</summary>
    public IReadOnlyList<string> PathFilters { get; init; } = [];

    /// <summary>Number of relations that have led here.</summary>
    public int Relations { get; init; }

    /// <summary>True when one has, so that the answer depends on more than the version of its own dataset.</summary>
    public bool IsLed => Relations > 0;

    /// <summary>True when the addresses of rows are wanted in place of the rows (<c>/$ref</c>).</summary>
    public bool AsReferences { get; init; }

    /// <summary>The same request for the row that <c>$id</c> names (<c>$entity?$id=…</c>).</summary>
    /// <param name="root">Absolute address of the service.</param>
    /// <exception cref="Catalogs.Errors.OpenDataException"><c>OD1207</c> without <c>$id</c>, <c>OD1216</c> for an address of another service.</exception>
    public ODataRequest Dereferenced(string root)
    {
        var named = Options.Where(o => o.Key.TrimStart('$').Equals("id", StringComparison.OrdinalIgnoreCase)).ToList();
        if (named is not [{ Value: { Length: > 0 } id }])
        {
            throw new OpenDataException(
                QueryErrors.MalformedOption,
                new LocalText("$entity cần một $id, là địa chỉ của một dòng.", "$entity takes one $id, the address of a row."),
                suggestion: "$entity?$id=public_services('1.000001')");
        }

        var local = id.StartsWith(root + "/", StringComparison.OrdinalIgnoreCase) ? id[(root.Length + 1)..] : id;
        return local.Contains("://", StringComparison.Ordinal) || local.StartsWith('/') || local.Contains('?', StringComparison.Ordinal)
            ? throw ODataPath.Unknown(id)
            : this with { Segments = [.. local.Contains('(', StringComparison.Ordinal) ? [PercentText.Decode(local)] : local.Split('/').Select(PercentText.Decode)], Options = [.. Options.Except(named)] };
    }

    /// <summary>Reads the request's raw target.</summary>
    /// <param name="context">The request.</param>
    /// <param name="prefix">Path of the service, for example <c>/odata</c>.</param>
    /// <exception cref="Catalogs.Errors.OpenDataException"><c>OD1207</c> for escapes that are not UTF-8, <c>OD1216</c> without the service's name.</exception>
    public static ODataRequest Of(HttpContext context, string prefix)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? context.Request.Path + context.Request.QueryString;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? target : target[..question];
        var query = question < 0 ? "" : target[(question + 1)..];
        // The name of the service may itself be escaped, and an absolute target has scheme and host before it.
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(PercentText.Decode).ToList();
        var start = segments.FindIndex(s => s.Equals(prefix.Trim('/'), StringComparison.OrdinalIgnoreCase));
        return new ODataRequest(
            [.. segments.Skip(start < 0 ? throw ODataPath.Unknown(segments.LastOrDefault("/")) : start + 1)],
            [.. query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Option)]);
    }

    private static KeyValuePair<string, string> Option(string part)
    {
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            return new KeyValuePair<string, string>(PercentText.Decode(part), "");
        }

        var name = PercentText.Decode(part[..equals]);
        var value = part[(equals + 1)..];
        return new KeyValuePair<string, string>(
            name, name.TrimStart('$').Equals("search", StringComparison.OrdinalIgnoreCase) ? Words(value) : PercentText.DecodeValue(value));
    }

    // A semicolon parts the options of $expand, so that in words it must be escaped; decoded the two look the same.
    private static string Words(string value)
    {
        var text = PercentText.DecodeWords(value);
        var semicolon = value.IndexOf(';', StringComparison.Ordinal);
        if (semicolon >= 0 && PercentText.DecodeWords(value[..semicolon]) is var before && !before.StartsWith('\'') && before.Count(c => c == '"') % 2 == 0)
        {
            var failure = new OpenDataException(
                QueryErrors.Malformed,
                new LocalText("Dấu chấm phẩy trong từ cần tìm phải viết là %3B.", "A semicolon in words to look for is written %3B."),
                before.Length,
                "%3B");
            failure.LiesIn(text);
            throw failure;
        }

        return text;
    }
}
