using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;

namespace OpenData.Warehouse.Changes;

/// <summary>
/// Compares two versions of a dataset by key: rows added, changed and removed, exact to the last bit. Two passes: first the numbers of the
/// rows that differ, a part of the keys at a time, then those rows, a slice at a time; memory holds 16 bytes a change, not the tables.
/// </summary>
public static class VersionComparison
{
    /// <summary>Version of these writers; raise it when equal versions give other bytes.</summary>
    public const string WriterVersion = "1";

    /// <summary>Rows of the larger version that are joined at once.</summary>
    internal const long PartRows = 250_000;

    private const long SliceRows = 50_000;
    private const int FlushBytes = 128 * 1024;

    /// <summary>
    /// Writes all changes. A failure leaves the target unfinished. The connection has temporary tables afterwards and is not to be used again.
    /// </summary>
    /// <param name="connection">A connection on which both versions are attached; its calls block.</param>
    /// <param name="older">The version before.</param>
    /// <param name="newer">The version after.</param>
    /// <param name="format">The form.</param>
    /// <param name="target">Written forwards only.</param>
    /// <param name="token">Stops the engine too.</param>
    /// <exception cref="OpenDataException">OD1401, OD1402: the versions cannot be compared; OD9002, OD9004, OD9005.</exception>
    public static Task<ChangeCounts> WriteAsync(
        EngineConnection connection, ComparedVersion older, ComparedVersion newer, ChangeFormat format, Stream target, CancellationToken token)
        => WriteAsync(connection, older, newer, format, target, PartRows, SliceRows, token);

    internal static async Task<ChangeCounts> WriteAsync(
        EngineConnection connection,
        ComparedVersion older,
        ComparedVersion newer,
        ChangeFormat format,
        Stream target,
        long partRows,
        long sliceRows,
        CancellationToken token)
    {
        var tables = ComparedTables.Of(older.Contract, newer.Contract);
        var sql = new ChangesToSql(tables, older.Alias, newer.Alias);
        FindPairs(connection, sql, older, newer, partRows, token);
        var counts = List(connection, token);
        IChangeWriter writer = format.Word switch
        {
            "json" => new JsonChanges(older, newer, tables),
            "ndjson" => new NdjsonChanges(newer, tables),
            _ => new CsvChanges(newer, tables),
        };
        using var buffer = new Utf8Buffer();
        writer.Begin(counts, buffer);
        foreach (var (kind, count) in new[] { (ChangeKind.Added, counts.Added), (ChangeKind.Changed, counts.Changed), (ChangeKind.Removed, counts.Removed) })
        {
            writer.BeginKind(kind, buffer);
            for (var first = 0L; first < count; first += sliceRows)
            {
                var rows = kind == ChangeKind.Changed && writer.WantsPairs ? sql.Pairs(first, sliceRows) : sql.Rows(kind, first, sliceRows);
                using var reader = connection.Stream(rows, token);
                while (reader.Read(out var chunk))
                {
                    writer.Rows(kind, chunk, buffer);
                    await FlushAsync(buffer, target, FlushBytes, token);
                }
            }

            writer.EndKind(kind, buffer);
        }

        writer.End(buffer);
        await FlushAsync(buffer, target, 0, token);
        return counts;
    }

    /// <summary>Puts the row numbers of all rows that differ into a temporary table.</summary>
    internal static void FindPairs(
        EngineConnection connection, ChangesToSql sql, ComparedVersion older, ComparedVersion newer, long partRows, CancellationToken token)
    {
        var parts = Math.Max(1, (Math.Max(older.Rows, newer.Rows) + partRows - 1) / partRows);
        connection.Execute(ChangesToSql.CreatePairs(), token);
        for (var part = 0L; part < parts; part++)
        {
            connection.Execute(sql.InsertPairs(part, parts), token);
        }
    }

    private static ChangeCounts List(EngineConnection connection, CancellationToken token)
    {
        return new ChangeCounts(Listed(ChangeKind.Added), Listed(ChangeKind.Changed), Listed(ChangeKind.Removed));

        long Listed(ChangeKind kind)
        {
            connection.Execute(ChangesToSql.CreateList(kind), token);
            return connection.ReadInt64(ChangesToSql.Count(kind), token) ?? 0;
        }
    }

    private static async Task FlushAsync(Utf8Buffer buffer, Stream target, int atLeast, CancellationToken token)
    {
        if (buffer.Length >= atLeast)
        {
            await target.WriteAsync(buffer.Written, token);
            buffer.Clear();
        }
    }
}
