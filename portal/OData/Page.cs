using System.Globalization;
using OpenData.Portal.OData.Delta;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.OData;

/// <summary>One page of a set to write.</summary>
/// <param name="Dataset">The version.</param>
/// <param name="Query">What is asked for.</param>
/// <param name="Options">The same as the caller wrote it.</param>
/// <param name="Format">What was agreed on.</param>
/// <param name="Root">Absolute address of the service.</param>
internal sealed record Page(ServedDataset Dataset, DatasetQuery Query, ODataOptions Options, ODataFormat Format, string Root)
{
    /// <summary>Where the page starts; null for the first.</summary>
    public PageToken? Token { get; init; }

    /// <summary>Rows of the page.</summary>
    public long RowsMax { get; init; }

    /// <summary>True when more rows than the page's are wanted.</summary>
    public bool MayGoOn { get; init; }

    /// <summary>What <c>now()</c> means; null when the query does not use it.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>True when the last page leads to later changes.</summary>
    public bool Tracks { get; init; }

    /// <summary>True when the addresses of rows are wanted in place of the rows.</summary>
    public bool AsReferences { get; init; }

    /// <summary>Where an ordered page starts in its order.</summary>
    public long Start => Token?.Position ?? Query.Skip;

    /// <summary>Where a page of a result that is held starts in it.</summary>
    public long MadeStart => Token?.Position ?? 0;

    /// <summary>True when transformations make other rows than those of the table, and more than one page of them is wanted.</summary>
    public bool IsCutFromResult => Token is null
        ? MayGoOn && Query.Apply.Any(s => s is not (Transformation.Filter or Transformation.Compute))
        : Token.ResultMark != 0;

    /// <summary>True when other rows come first than those that lie first.</summary>
    public bool IsOrdered => Query.OrderBy.Count > 0;

    /// <summary>What ties a token to its query.</summary>
    public static ulong HashOf(string dataset, ODataOptions options) => PageToken.HashOf(dataset, options.ToQuery(skipToken: null));

    /// <summary>Where the traversal begins.</summary>
    public static string First(string setUrl, ODataOptions options) => Link(setUrl, options.ToQuery(skipToken: null));

    /// <summary>The writer of the page.</summary>
    /// <param name="count">Rows of the whole query; null when nobody asked.</param>
    /// <param name="made">The result from which the page is cut; null when it is not.</param>
    public ODataRows Writer(long? count, MadeRows? made)
    {
        var setUrl = ODataAnswer.SetUrl(Root, Dataset);
        var context = AsReferences
            ? ODataAnswer.Context(Format, Root, "Collection($ref)")
            : ODataAnswer.Context(Format, Root, Dataset, Query, Options.Select is not null || Options.Apply is not null, "");
        return new ODataRows(Query, Format, setUrl, withIds: AsReferences)
        {
            IsPage = true,
            Head = context + CountText(Format, count),
            RowsMax = RowsMax,
            NextLink = rid => Link(AsReferences ? setUrl + "/$ref" : setUrl, Options.ToQuery(After(rid, made).ToString())),
            DeltaLink = Tracks ? DeltaLinks.Since(setUrl, Dataset, Options) : null,
        };
    }

    /// <summary>The count as a member of the page, with its comma; nothing when nobody asked.</summary>
    public static string CountText(ODataFormat format, long? count)
        => count is null ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $"\"{format.Prefix}count\":{(format.ExactAsText ? $"\"{count}\"" : $"{count}")},");

    private static string Link(string address, string query) => query.Length == 0 ? address : $"{address}?{query}";

    private PageToken After(long rid, MadeRows? made)
    {
        var isCounted = IsOrdered || made is not null;
        var start = made is null ? Start : MadeStart;
        return new PageToken(Dataset.Version, HashOf(Dataset.Id, Options), isCounted, isCounted ? start + RowsMax : rid, (Token?.Delivered ?? 0) + RowsMax, Now)
        {
            ResultMark = made?.Mark ?? 0,
            Related = PageToken.RelatedOf(Dataset.Related.Select(r => (r.Id, r.Version))),
            TracksChanges = Tracks,
        };
    }
}
