using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.OData;

/// <summary>Where the rows of a page come from: the table as it lies, an order that is kept for the pages that follow, or a result that is kept whole.</summary>
internal sealed class PageRows(OrderedRows orders, RecentlyUsed<MadeRows> results, QueryLimits limits)
{
    /// <summary>Rows of the predicate; the whole table's are known.</summary>
    public static long Count(QueryLease? lease, ServedDataset dataset, DatasetQuery query, CancellationToken token)
        => lease is null || query.IsWholeTable
            ? dataset.Manifest.Rows
            : lease.Connection.ReadInt64(QueryToSql.TranslateCount(query, dataset.Alias), token) ?? 0;

    /// <summary>Starts the query of a page; null when it has no rows. Related rows are read before.</summary>
    public ChunkReader? Open(QueryLease lease, Page page, ODataRows rows, CancellationToken token)
    {
        if (Sql(lease, page, rows, token) is not { } sql)
        {
            return null;
        }

        var reader = lease.Connection.Stream(sql, token);
        if (!page.IsOrdered && page.Query.Expand.Count == 0)
        {
            // Rows in physical order are held to it, whether they are sorted or read as they lie.
            reader.RequireAscending(rows.Columns.Count);
        }

        return reader;
    }

    /// <summary>The whole result of transformations of which more than one page is wanted; null for other pages, and for results that are too large to be held.</summary>
    /// <exception cref="OpenDataException"><c>OD1215</c> when it was dropped and has come out another way.</exception>
    public MadeRows? Made(QueryLease lease, Page page, CancellationToken token)
    {
        if (!page.IsCutFromResult)
        {
            return null;
        }

        var (format, options) = (page.Format, page.Options);
        var key = string.Join(
            '\n', page.Dataset.Versions, page.Root, format.ContentType, format.Version, format.OmissionApplied, options.ToQuery(skipToken: null), page.Now?.UtcTicks);
        if (!results.TryFind(key, out var made))
        {
            var writer = new ODataRows(page.Query, format, ODataAnswer.SetUrl(page.Root, page.Dataset));
            var query = page.Query with { Columns = writer.Columns, IncludeRid = true, Top = options.Top };
            made = MadeRows.Read(lease, QueryToSql.Translate(query, page.Dataset.Alias), writer, limits.ResultBytesMax, token);
            if (made is not null)
            {
                results.Keep(key, made);
            }
        }

        return page.Token is { } later && later.ResultMark != made?.Mark
            ? throw VersionChoice.Gone(Page.First(ODataAnswer.SetUrl(page.Root, page.Dataset), options), inner: null)
            : made;
    }

    /// <summary>The rows of the page and one more where a next page is possible; null when there are none.</summary>
    private SqlText? Sql(QueryLease lease, Page page, ODataRows rows, CancellationToken token)
    {
        var query = page.Query with { Columns = rows.Columns, IncludeRid = true };
        var wanted = page.RowsMax + (page.MayGoOn ? 1 : 0);
        var inOrder = page.IsOrdered ? query : query with { AfterRid = page.Token?.Position, Skip = page.Token is null ? query.Skip : 0 };

        // Sums of floats differ in their last digits from run to run, so pages of groups that go on are all cut from one order.
        var isCut = page.IsOrdered && (page.Token is not null || (query.Apply.Count > 0 && page.MayGoOn));
        if (!isCut && query.Expand.Count == 0)
        {
            var first = inOrder with { Top = wanted };
            return QueryToSql.Translate(page.IsOrdered ? first : first.Unsorted(), page.Dataset.Alias);
        }

        var rids = isCut
            ? [.. Order(lease, page.Dataset, query, token).Skip((int)Math.Min(page.Start, int.MaxValue)).Take((int)Math.Min(wanted, int.MaxValue)).Select(rid => (long)rid)]
            : Rids(lease, QueryToSql.TranslateOrder(inOrder, page.Dataset.Alias, wanted), token).ConvertAll(rid => (long)rid);
        if (rids.Count == 0)
        {
            return null;
        }

        if (query.Expand.Count > 0)
        {
            var shown = rids[..(int)Math.Min(rids.Count, page.RowsMax)];
            rows.Expanded = ExpandedRows.Read(lease, query.Expand, page.Dataset.Alias, shown, page.Format, page.Root, token);
        }

        return QueryToSql.TranslateRows(query, page.Dataset.Alias, rids);
    }

    private int[] Order(QueryLease lease, ServedDataset dataset, DatasetQuery query, CancellationToken token)
    {
        var sql = QueryToSql.TranslateOrder(query with { Skip = 0 }, dataset.Alias, limits.OrderedRowsMax + 1L);
        var key = sql.Identity;
        if (orders.Find(key) is { } kept)
        {
            return kept;
        }

        var rids = Rids(lease, sql, token);
        if (rids.Count > limits.OrderedRowsMax)
        {
            throw new OpenDataException(
                QueryErrors.OrderTooLarge,
                new LocalText(
                    $"Chỉ phân trang theo thứ tự tự chọn đến {limits.OrderedRowsMax} dòng. Hãy lọc hẹp hơn hoặc bỏ $orderby.",
                    $"An order of your own is paged up to {limits.OrderedRowsMax} rows. Filter more narrowly or leave out $orderby."));
        }

        var order = rids.ToArray();
        orders.Keep(key, order);
        return order;
    }

    private static List<int> Rids(QueryLease lease, SqlText sql, CancellationToken token)
    {
        var rids = new List<int>();
        using var reader = lease.Connection.Stream(sql, token);
        while (reader.Read(out var chunk))
        {
            for (var row = 0; row < chunk.RowCount; row++)
            {
                rids.Add((int)chunk[0].Int64At(row));
            }
        }

        return rids;
    }
}
