using System.Globalization;
using System.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Changes;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Portal.OData.Delta;

/// <summary>What changed in the rows of a query since the version that a delta link names, page by page, with a link to what comes after.</summary>
internal sealed class DeltaReader(
    QueryLanes lanes, VersionChoice versions, AnswerCache answers, KeptChanges kept, QueryLimits limits, PortalOptions portal, TimeProvider clock)
{
    // A page ends where its text gets so long: it is made as a whole before a byte goes out.
    private const int PageBytesMax = 2 * 1024 * 1024;

    /// <summary>Answers with a page of changes.</summary>
    public async Task AnswerAsync(HttpContext context, ODataOptions options, ServedDataset current, string root)
    {
        var asked = ODataFormat.Of(context.Request, options.Format, xmlOffered: false);

        // What became null is told, whatever the caller likes to leave out.
        var format = asked with { Wished = asked.Wished with { OmitValues = null } };
        var delta = Read(options, current, root);
        var pageRows = Math.Min(format.Wished.PageRows ?? limits.PageRows, limits.PageRowsMax);
        var text = delta.Token.ToString();
        var tag = ODataAnswer.Tag(delta.Newer, format, root, options.ToQueryOf(DeltaLinks.Defining), text, pageRows.ToString(CultureInfo.InvariantCulture));
        var head = ODataAnswer.Head(delta.Newer, format, tag, isPinned: delta.Token.To is not null, usesNow: false) with
        {
            PreferenceApplied = format.Applied(pageRows, format.Wished.TracksChanges && delta.Token.To is null),
        };
        if (head.IsEnough(context))
        {
            return;
        }

        context.Response.ContentType = format.ContentType;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        var key = string.Join('\n', "delta", delta.Older.Alias, delta.Newer.Alias, root, format.ContentType, format.Version, options.ToQueryOf(DeltaLinks.Defining), text, pageRows);
        var answer = await answers.GetAsync(key, patience => MakeAsync(delta, options, format, root, pageRows, patience), context.RequestAborted);
        await ODataAnswer.WriteAsync(context, answer!); // A page ends before it is too large to be held.
    }

    /// <summary>Answers with the number of changes.</summary>
    public async Task CountAsync(HttpContext context, ODataRequest request, ServedDataset current, string root)
    {
        var options = ODataOptions.Read(request, [.. DeltaLinks.Defining, "deltatoken"]);
        var format = ODataFormat.Plain(context.Request);
        var delta = Read(options, current, root);
        var tag = ODataAnswer.Tag(delta.Newer, format, "delta count", options.ToQueryOf(DeltaLinks.Defining), delta.Token.ToString());
        if (ODataAnswer.Head(delta.Newer, format, tag, isPinned: delta.Token.To is not null, usesNow: false).IsEnough(context))
        {
            return;
        }

        context.Response.ContentType = "text/plain;charset=utf-8";
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        try
        {
            var changes = await FindAsync(delta, options, context.RequestAborted);
            await ODataAnswer.WriteAsync(
                context, new Answer(Encoding.ASCII.GetBytes(changes.Count.ToString(CultureInfo.InvariantCulture)), "text/plain;charset=utf-8"));
        }
        catch (OpenDataException failure)
        {
            throw QueryFailure.Explain(failure, delta.After);
        }
    }

    private Changes Read(ODataOptions options, ServedDataset current, string root)
    {
        var token = DeltaToken.Parse(options.DeltaToken ?? "");
        token.RequireQuery(DeltaLinks.HashOf(current.Id, options));
        if (!options.HasOnly([.. DeltaLinks.Defining, "deltatoken"]))
        {
            throw new OpenDataException(
                QueryErrors.MalformedOption,
                new LocalText("Liên kết thay đổi dùng nguyên như đã nhận, không thêm tham số.", "A delta link is followed as it is, without other options."));
        }

        var restart = DeltaLinks.Whole(ODataAnswer.SetUrl(root, current), options);
        var older = versions.Kept(current.Id, token.From, restart);
        var newer = token.To is null ? current : versions.Kept(current.Id, token.To, restart);
        if (!ChangedRows.Comparable(older.Contract, newer.Contract))
        {
            throw VersionChoice.Gone(restart, inner: null);
        }

        var after = Bind(newer, options);
        return new Changes(token, older, newer, Bind(older, options), after, restart);
    }

    private DatasetQuery Bind(ServedDataset dataset, ODataOptions options)
    {
        var scope = new QueryScope(dataset.Contract, limits, clock.GetUtcNow(), options.Aliases);
        var query = ODataAnswer.Bind(scope, options);
        return !scope.UsesNow ? query : throw new OpenDataException(
            QueryErrors.NotSupported,
            new LocalText("Không theo dõi được thay đổi của truy vấn dùng now().", "Changes of a query with now() cannot be tracked."));
    }

    private async Task<Answer?> MakeAsync(Changes delta, ODataOptions options, ODataFormat format, string root, int pageRows, CancellationToken token)
    {
        try
        {
            var changes = await FindAsync(delta, options, token);
            using var buffer = new Utf8Buffer(64 * 1024);
            var rows = new DeltaRows(delta.After, delta.Newer, options.Select is not null, format, root, buffer);
            var position = delta.Token.Position;
            if (position < changes.Count)
            {
                using var lease = await lanes.Interactive.EnterAsync([delta.Newer, delta.Older], token);
                position += Write(lease.Connection, delta, changes, rows, buffer, pageRows, token);
            }

            var setUrl = ODataAnswer.SetUrl(root, delta.Newer);
            var isLast = position >= changes.Count;
            rows.End(
                isLast ? DeltaLinks.Since(setUrl, delta.Newer, options) : DeltaLinks.Link(setUrl, options, delta.Token with { To = delta.Newer.Version, Position = position }),
                isLast);
            return new Answer(buffer.Written.ToArray(), format.ContentType);
        }
        catch (OpenDataException failure)
        {
            throw QueryFailure.Explain(failure, delta.After);
        }
    }

    /// <summary>All changes between the versions: kept, or found now in the lane of long work.</summary>
    private async Task<ChangedRows> FindAsync(Changes delta, ODataOptions options, CancellationToken token)
    {
        if (delta.Older.Version == delta.Newer.Version)
        {
            return ChangedRows.None;
        }

        var key = string.Join('\n', delta.Older.Alias, delta.Newer.Alias, options.ToQueryOf(DeltaLinks.Defining));
        if (kept.Find(key) is { } known)
        {
            return known;
        }

        using var limited = CancellationTokenSource.CreateLinkedTokenSource(token);
        limited.CancelAfter(portal.ExportTimeout);
        try
        {
            using var lease = await lanes.Bulk.EnterAsync([delta.Newer, delta.Older], limited.Token);
            var found = ChangedRows.Find(lease.Connection, Side(delta.Older), delta.Before, Side(delta.Newer), delta.After, limits.OrderedRowsMax, limited.Token)
                ?? throw VersionChoice.Gone(delta.Restart, inner: null); // The whole set is the shorter way.
            kept.Keep(key, found);
            return found;
        }
        catch (OperationCanceledException late) when (!token.IsCancellationRequested)
        {
            throw new OpenDataException(
                EngineErrors.QueryTimeout,
                new LocalText("So sánh hai phiên bản mất quá nhiều thời gian.", "Comparing the two versions took too long."),
                inner: late);
        }
    }

    /// <summary>Writes changes from the token's position on; returns how many.</summary>
    private static long Write(
        EngineConnection connection, Changes delta, ChangedRows changes, DeltaRows rows, Utf8Buffer buffer, int pageRows, CancellationToken token)
    {
        var skip = delta.Token.Position;
        var written = 0L;
        Part(changes.Deleted, rows.Removed(delta.Before), delta.Older.Alias, (chunk, row) => rows.WriteRemoved(chunk, row, isDeleted: true));
        Part(changes.Left, rows.Removed(delta.Before), delta.Older.Alias, (chunk, row) => rows.WriteRemoved(chunk, row, isDeleted: false));
        Part(changes.Present, rows.Present(delta.After), delta.Newer.Alias, rows.WritePresent);
        return written;

        void Part(IReadOnlyList<int> rids, DatasetQuery query, string alias, Action<ResultChunk, int> write)
        {
            var slice = rids.Skip((int)Math.Min(skip, rids.Count)).Take((int)(pageRows - written)).Select(rid => (long)rid).ToList();
            skip = Math.Max(0, skip - rids.Count);
            if (slice.Count == 0 || buffer.Length >= PageBytesMax)
            {
                return;
            }

            using var reader = connection.Stream(QueryToSql.TranslateRows(query, alias, slice), token);
            while (buffer.Length < PageBytesMax && reader.Read(out var chunk))
            {
                for (var row = 0; row < chunk.RowCount && buffer.Length < PageBytesMax; row++, written++)
                {
                    write(chunk, row);
                }
            }
        }
    }

    private static ComparedVersion Side(ServedDataset dataset)
        => new(dataset.Contract, dataset.Version, dataset.Manifest.PublishedAt, dataset.Manifest.Rows, dataset.Alias);

    /// <summary>What a delta link asks for.</summary>
    private sealed record Changes(DeltaToken Token, ServedDataset Older, ServedDataset Newer, DatasetQuery Before, DatasetQuery After, string Restart);
}
