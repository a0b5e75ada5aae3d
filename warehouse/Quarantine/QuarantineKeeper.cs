using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Staging;
using OpenData.Warehouse.Validation;
using OpenData.Warehouse.Publishing;

namespace OpenData.Warehouse.Quarantine;

/// <summary>Takes the refused records out of the private table of a run before it goes, whether the run publishes or not.</summary>
/// <param name="store">Where they are kept.</param>
/// <param name="engineOptions">Limits of the engine.</param>
/// <param name="clock">The time.</param>
public sealed class QuarantineKeeper(QuarantineStore store, EngineOptions engineOptions, TimeProvider clock)
{
    /// <summary>Keeps them. Of more than the bound, the first of each rule and column are kept; the counts are always whole.</summary>
    /// <param name="staged">The private table, staged and as far as it came validated.</param>
    /// <param name="run">Run id.</param>
    /// <param name="recordsMax">Records whose text is kept; 0 keeps nothing.</param>
    /// <param name="token">Stops.</param>
    public void Keep(StagedTable staged, string run, int recordsMax, CancellationToken token)
    {
        if (recordsMax == 0)
        {
            return;
        }

        using var engine = DuckDbEngine.File(staged.DatabaseFile, engineOptions with { QueryTimeout = Timeout.InfiniteTimeSpan }, readOnly: true);
        using var connection = engine.Connect();
        var counts = connection.Rows(Fixed("SELECT rule, column_name, count(*) FROM quarantine GROUP BY ALL ORDER BY rule, column_name NULLS FIRST"), token);
        if (counts.Count == 0)
        {
            return;
        }

        var records = connection.Rows(
            new SqlBuilder()
                .Append("SELECT \"row\", byte_offset, column_name, rule, text FROM (SELECT *, row_number() OVER (PARTITION BY rule, column_name ORDER BY \"row\") AS n FROM quarantine ORDER BY n, \"row\" LIMIT ")
                .Number(recordsMax).Append(") ORDER BY \"row\"").ToSql(),
            token);
        var contract = staged.Contract;
        var shown = contract.PublicColumns.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        var hasPersonal = contract.Columns.Any(c => c.Personal);
        var entry = new QuarantineEntry(
            run,
            contract.Id,
            clock.GetUtcNow(),
            staged.Received,
            counts.Sum(c => (long)c[2]!),
            records.Count,
            [.. counts.Select(c => new QuarantineCount((string)c[0]!, NameOf(c[1]), (long)c[2]!))]);
        store.Keep(
            entry,
            records.Select(r => new QuarantinedRecord(
                (long)r[0]!, (long?)r[1], NameOf(r[2]), (string)r[3]!, (r[2] is string at ? shown.Contains(at) : !hasPersonal) ? (string?)r[4] : null)),
            Path.GetDirectoryName(staged.DatabaseFile)!);

        // A personal column is not even named; the text of a whole record may hold one.
        string? NameOf(object? column) => column is string name && shown.Contains(name) ? name : null;
    }

    private static SqlText Fixed(string sql) => new SqlBuilder().Append(sql).ToSql();
}
