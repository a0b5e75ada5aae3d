using System.Globalization;
using Microsoft.Net.Http.Headers;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.OData;

/// <summary>What was agreed on for one answer: representation, metadata level, OData version, preferences.</summary>
/// <param name="IsXml">XML instead of JSON; only <c>$metadata</c> has it.</param>
/// <param name="Level">Metadata level.</param>
/// <param name="ExactAsText">64-bit integers and decimals as JSON strings (IEEE754Compatible).</param>
/// <param name="Is401">True when the caller named 4.01: short names; else 4.0 with <c>@odata.</c>.</param>
/// <param name="Wished">What the caller prefers.</param>
internal sealed record ODataFormat(bool IsXml, MetadataLevel Level, bool ExactAsText, bool Is401, Preferences Wished)
{
    /// <summary>What stands before names of control information.</summary>
    public string Prefix => Is401 ? "@" : "@odata.";

    /// <summary>True when properties without a value are left out.</summary>
    public bool OmitsNulls => Wished.OmitValues is not null;

    /// <summary>That wish as <c>Preference-Applied</c> says it; null when there is none.</summary>
    public string? OmissionApplied => Wished.OmitValues is { } values ? "omit-values=" + values : null;

    /// <summary>Value of <c>Preference-Applied</c> for a page of a set; null when no preference was applied.</summary>
    /// <param name="pageRows">Rows of the page.</param>
    /// <param name="tracks">True when changes are tracked from here on.</param>
    public string? Applied(int pageRows, bool tracks)
    {
        IEnumerable<string?> applied =
        [
            Wished.PageRows is null ? null : string.Create(CultureInfo.InvariantCulture, $"{Preference("maxpagesize")}={pageRows}"),
            OmissionApplied,
            tracks ? Preference("track-changes") : null,
        ];
        return string.Join(", ", applied.OfType<string>()) is { Length: > 0 } all ? all : null;
    }

    /// <summary>A preference's name as the caller's version has it.</summary>
    public string Preference(string name) => Is401 ? name : "odata." + name;

    /// <summary>Value of the <c>OData-Version</c> header.</summary>
    public string Version => Is401 ? "4.01" : "4.0";

    /// <summary>Value of <c>Content-Type</c>.</summary>
    public string ContentType
    {
        get
        {
            if (IsXml)
            {
                return "application/xml;charset=utf-8";
            }

            var level = Level.ToString().ToLowerInvariant();
            return $"application/json;{(Is401 ? "" : "odata.")}metadata={level};{(Is401 ? "" : "odata.")}streaming=true"
                + (ExactAsText ? ";IEEE754Compatible=true" : "") + ";charset=utf-8";
        }
    }

    /// <summary>Agrees with the caller.</summary>
    /// <param name="request">Headers <c>Accept</c>, <c>OData-Version</c>, <c>OData-MaxVersion</c>, <c>Prefer</c>.</param>
    /// <param name="format">Value of <c>$format</c>, which overrules <c>Accept</c>; null when absent.</param>
    /// <param name="xmlOffered">True at <c>$metadata</c>, where XML is also the default.</param>
    /// <exception cref="OpenDataException"><c>OD1222</c> when nothing fits, <c>OD1223</c> for versions that do not exist.</exception>
    public static ODataFormat Of(HttpRequest request, string? format, bool xmlOffered)
    {
        var is401 = Newest(request);
        var (isXml, level, exact) = format is null ? FromAccept(request, xmlOffered) : FromOption(format, xmlOffered);
        return new ODataFormat(isXml, level, exact, is401, Preferences.Of(request));
    }

    /// <summary>For answers without a JSON body (<c>$count</c>, <c>$value</c>): the protocol version only.</summary>
    public static ODataFormat Plain(HttpRequest request) => new(false, MetadataLevel.None, false, Newest(request), Preferences.None);

    /// <summary>The version of answers that nothing was agreed on for: failures.</summary>
    public static string VersionFor(HttpRequest request) => Most(request) >= 4.01m ? "4.01" : "4.0";

    /// <summary>OD1222 when the caller says that it reads nothing newer than 4.0.</summary>
    public static void Require401(HttpRequest request)
    {
        if (Most(request) is < 4.01m)
        {
            throw NotAcceptable();
        }
    }

    private static decimal? Most(HttpRequest request)
        => decimal.TryParse(request.Headers["OData-MaxVersion"].ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var most) ? most : null;

    private static bool Newest(HttpRequest request)
    {
        if (request.Headers["OData-Version"] is [{ Length: > 0 } used] && used is not ("4.0" or "4.01"))
        {
            throw BadVersion("OData-Version");
        }

        if (string.IsNullOrEmpty(request.Headers["OData-MaxVersion"].ToString()))
        {
            return false;
        }

        return Most(request) is { } version and >= 4.0m ? version >= 4.01m : throw BadVersion("OData-MaxVersion");
    }

    private static (bool IsXml, MetadataLevel Level, bool Exact) FromOption(string format, bool xmlOffered)
    {
        switch (format.ToUpperInvariant())
        {
            case "JSON":
                return (false, MetadataLevel.Minimal, false);
            case "XML" when xmlOffered:
                return (true, MetadataLevel.Minimal, false);
            default:
                return MediaTypeHeaderValue.TryParse(format, out var type) && !type.MatchesAllTypes && Fit(type, xmlOffered) is { } fit
                    ? fit
                    : throw NotAcceptable();
        }
    }

    private static (bool IsXml, MetadataLevel Level, bool Exact) FromAccept(HttpRequest request, bool xmlOffered)
    {
        if (string.IsNullOrWhiteSpace(request.Headers.Accept.ToString()))
        {
            return (xmlOffered, MetadataLevel.Minimal, false);
        }

        // The most wanted that fits; of equals the first, so that a client's own order counts.
        var fit = request.GetTypedHeaders().Accept
            .Where(t => (t.Quality ?? 1) > 0)
            .OrderByDescending(t => t.Quality ?? 1)
            .Select(t => Fit(t, xmlOffered))
            .FirstOrDefault(f => f is not null);
        return fit ?? throw NotAcceptable();
    }

    private static (bool IsXml, MetadataLevel Level, bool Exact)? Fit(MediaTypeHeaderValue type, bool xmlOffered)
    {
        if (type.MatchesAllTypes || type.MediaType.Equals("application/*", StringComparison.OrdinalIgnoreCase))
        {
            return (xmlOffered, MetadataLevel.Minimal, false);
        }

        if (xmlOffered && type.MediaType.Equals("application/xml", StringComparison.OrdinalIgnoreCase))
        {
            return (true, MetadataLevel.Minimal, false);
        }

        if (!type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var level = MetadataLevel.Minimal;
        var exact = false;
        foreach (var parameter in type.Parameters)
        {
            var value = HeaderUtilities.RemoveQuotes(parameter.Value).Value ?? "";
            switch (parameter.Name.Value?.ToUpperInvariant())
            {
                case "ODATA.METADATA" or "METADATA" when Enum.TryParse(value, ignoreCase: true, out level) && !char.IsAsciiDigit(value[0]):
                case "IEEE754COMPATIBLE" when bool.TryParse(value, out exact):
                case "ODATA.STREAMING" or "STREAMING" when bool.TryParse(value, out _):
                case "CHARSET" when value.Equals("utf-8", StringComparison.OrdinalIgnoreCase):
                case "Q":
                    break;
                default:
                    // A variant that we do not write, for example odata=verbose.
                    return null;
            }
        }

        return (false, level, exact);
    }

    private static OpenDataException BadVersion(string header) => new(
        QueryErrors.BadProtocolHeader,
        new LocalText($"{header} chỉ nhận 4.0 hoặc 4.01.", $"{header} takes 4.0 or 4.01."),
        suggestion: $"{header}: 4.01");

    private static OpenDataException NotAcceptable() => new(
        QueryErrors.NotAcceptable,
        new LocalText(
            "OData ở đây là application/json; $metadata có thêm application/xml, tập thực thể có thêm csv, xlsx, parquet và các định dạng tải xuống khác.",
            "OData comes as application/json here, $metadata as application/xml too, entity sets also as csv, xlsx, parquet and the other formats of the downloads."),
        suggestion: "Accept: application/json");
}
