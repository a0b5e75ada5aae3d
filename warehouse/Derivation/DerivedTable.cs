using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Staging;
using OpenData.Warehouse.Validation;

namespace OpenData.Warehouse.Derivation;

/// <summary>
/// Runs the SELECT of a derived dataset over the published versions of its parents and stages the result, every row of it a received
/// record. Only this class makes one.
/// </summary>
public sealed class DerivedTable
{
    private const string ResultTable = "result";

    private DerivedTable(StagedTable staged, Lineage lineage, IReadOnlyList<SnapshotParent> parents)
    {
        Staged = staged;
        Lineage = lineage;
        Parents = parents;
    }

    /// <summary>The rows, as if they had been read from a source.</summary>
    public StagedTable Staged { get; }

    /// <summary>Output column → parent columns.</summary>
    public Lineage Lineage { get; }

    /// <summary>The versions that were read.</summary>
    public IReadOnlyList<SnapshotParent> Parents { get; }

    /// <summary>Runs the query.</summary>
    /// <param name="contract">Contract of the derived dataset (<c>source: { kind: sql }</c>).</param>
    /// <param name="parents">Current versions of the declared parents by id.</param>
    /// <param name="runFolder">Absolute path of the run's work folder.</param>
    /// <param name="engineOptions">Limits; one thread is used, so that sums of binary numbers come out the same each time.</param>
    /// <param name="token">Interrupts the query.</param>
    /// <exception cref="OpenDataException">OD2203: a parent has no version; OD2251 to OD2259: the query or its result.</exception>
    public static DerivedTable Make(
        DatasetContract contract,
        IReadOnlyDictionary<string, Snapshot> parents,
        string runFolder,
        EngineOptions engineOptions,
        CancellationToken token)
    {
        var declared = contract.Source.Parents.Select(name => ParentOf(name, parents)).ToList();
        var guarded = Guard(contract, declared);
        Directory.CreateDirectory(runFolder);
        var file = Path.Combine(runFolder, "stage.duckdb");
        File.Delete(file);
        using var engine = DuckDbEngine.File(file, engineOptions with { Threads = 1, TempFolder = null, QueryTimeout = Timeout.InfiniteTimeSpan }, readOnly: false);
        using var connection = engine.Connect();
        foreach (var parent in declared)
        {
            engine.AttachReadOnly(parent.DataFile, Alias(parent.Dataset));
            connection.Execute(ParentView(parent), token);
        }

        engine.Lock([runFolder]);
        RunQuery(connection, guarded, token);
        var rows = Stage(connection, contract, token);
        foreach (var parent in declared)
        {
            connection.Execute(new SqlBuilder().Append("DROP VIEW ").Name(parent.Dataset).ToSql(), token);
        }

        connection.Execute(Sql("CHECKPOINT"), token);
        var staged = new StagedTable(contract, file, []) { Received = rows, Quarantined = 0, Counted = rows };
        return new DerivedTable(staged, guarded.Lineage, [.. declared.Select(p => new SnapshotParent(p.Dataset, p.Version))]);
    }

    private static Snapshot ParentOf(string name, IReadOnlyDictionary<string, Snapshot> parents)
        => parents.GetValueOrDefault(name) ?? throw new OpenDataException(ValidationErrors.ParentMissing, new LocalText(
            $"Đang chờ {name}: tập dữ liệu này chưa có phiên bản công bố.",
            $"Waiting for {name}: it has no published version yet."));

    private static GuardedSql Guard(DatasetContract contract, IReadOnlyList<Snapshot> parents)
    {
        using var guard = new SqlGuard();
        var guarded = guard.Query(
            contract.Source.Query ?? "",
            [.. parents.Select(p => new ParentTable(p.Dataset, [.. p.Contract.PublicColumns.Select(c => c.Name)]))]);
        var wanted = contract.PublicColumns.Select(c => c.Name).Order(StringComparer.Ordinal);
        var given = guarded.Lineage.Columns.Select(c => c.Name).Order(StringComparer.Ordinal);
        return wanted.SequenceEqual(given, StringComparer.Ordinal)
            ? guarded
            : throw new OpenDataException(DerivationErrors.ColumnsDiffer, new LocalText(
                $"Hợp đồng khai báo {string.Join(", ", contract.PublicColumns.Select(c => c.Name))}; truy vấn trả về {string.Join(", ", guarded.Lineage.Columns.Select(c => c.Name))}.",
                $"The contract declares {string.Join(", ", contract.PublicColumns.Select(c => c.Name))}; the query returns {string.Join(", ", guarded.Lineage.Columns.Select(c => c.Name))}."));
    }

    private static string Alias(string dataset) => "parent_" + dataset;

    // The public columns and nothing else: _rid and its like are unknown to SQL of contracts.
    private static SqlText ParentView(Snapshot parent)
    {
        var sql = new SqlBuilder().Append("CREATE OR REPLACE VIEW ").Name(parent.Dataset).Append(" AS SELECT ");
        for (var i = 0; i < parent.Contract.PublicColumns.Count; i++)
        {
            sql.Append(i == 0 ? "" : ", ");
            WallTimeSql.Column(sql, parent.Contract.PublicColumns[i], parent.Contract);
        }

        sql.Append(" FROM ");
        return ExpectationSql.PublishedTable(sql, Alias(parent.Dataset)).ToSql();
    }

    private static void RunQuery(EngineConnection connection, GuardedSql guarded, CancellationToken token)
    {
        try
        {
            connection.Execute(
                new SqlBuilder().Append("CREATE OR REPLACE TABLE result AS SELECT * FROM (\n").Append(guarded.Text).Append("\n)").ToSql(),
                token);
        }
        catch (OpenDataException failed) when (failed.Code == EngineErrors.QueryFailed || failed.Code == EngineErrors.OutOfMemory)
        {
            throw new OpenDataException(DerivationErrors.QueryFailed, new LocalText(
                "Bộ máy dữ liệu không chạy được truy vấn dẫn xuất.",
                "The engine could not run the derived query."), inner: failed);
        }
    }

    private static long Stage(EngineConnection connection, DatasetContract contract, CancellationToken token)
    {
        RequireExact(connection, contract, token);
        connection.Execute(Sql("CREATE TABLE quarantine (\"row\" BIGINT, byte_offset BIGINT, column_name VARCHAR, rule VARCHAR, text VARCHAR)"), token);
        var staged = new SqlBuilder().Append("CREATE TABLE staged AS SELECT ");
        foreach (var column in contract.PublicColumns)
        {
            Declared(staged, column, contract).Append(" AS ").Name(column.Name).Append(", ");
        }

        connection.Execute(staged.Append("row_number() OVER () AS _row FROM result").ToSql(), token);
        connection.Execute(new SqlBuilder().Append("DROP TABLE ").Name(ResultTable).ToSql(), token);
        return connection.Count(Sql("SELECT count(*) FROM staged"), token);
    }

    // Each value must survive the way to its declared type and back.
    private static void RequireExact(EngineConnection connection, DatasetContract contract, CancellationToken token)
    {
        var types = connection.Rows(Sql("SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'result'"), token)
            .ToDictionary(r => (string)r[0]!, r => (string)r[1]!, StringComparer.Ordinal); // neither is ever null
        foreach (var column in contract.PublicColumns)
        {
            var (found, declared) = (types[column.Name], DuckDbTypes.SqlOf(column.Type));
            if (found == declared)
            {
                continue;
            }

            // An instant has lost the wall time that this SQL is about.
            var isInstant = found.EndsWith("WITH TIME ZONE", StringComparison.Ordinal);
            var lossy = new SqlBuilder().Append("SELECT count(*) FROM result WHERE ").Name(column.Name).Append(" IS NOT NULL AND TRY_CAST(TRY_CAST(")
                .Name(column.Name).Append(" AS ").Append(declared).Append(") AS ").Append(found).Append(") IS DISTINCT FROM ").Name(column.Name).ToSql();
            var offenders = isInstant ? null : CountOrNull(connection, lossy, token);
            if (offenders != 0)
            {
                throw new OpenDataException(DerivationErrors.LossyValue, new LocalText(
                    $"Cột {column.Name}: giá trị kiểu {found} không vừa khít kiểu {column.Type}.",
                    $"Column {column.Name}: values of type {found} do not fit {column.Type} exactly."));
            }
        }
    }

    // Types that cannot be cast at all are as unfit as values that do not survive.
    private static long? CountOrNull(EngineConnection connection, SqlText sql, CancellationToken token)
    {
        try
        {
            return connection.Count(sql, token);
        }
        catch (OpenDataException failed) when (failed.Code == EngineErrors.QueryFailed)
        {
            return null;
        }
    }

    // Negative zeros become plain ones, as at staging.
    private static SqlBuilder Declared(SqlBuilder sql, ColumnContract column, DatasetContract contract) => column.Type.Kind switch
    {
        ColumnKind.Timestamp => WallTimeSql.ToUtc(sql, column, contract),
        ColumnKind.Float => sql.Append("CASE WHEN ").Name(column.Name).Append(" = 0 THEN 0 ELSE CAST(").Name(column.Name).Append(" AS DOUBLE) END"),
        _ => sql.Append("CAST(").Name(column.Name).Append(" AS ").Append(DuckDbTypes.SqlOf(column.Type)).Append(")"),
    };

    private static SqlText Sql(string fixedSql) => new SqlBuilder().Append(fixedSql).ToSql();
}
