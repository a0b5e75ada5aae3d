using System.Globalization;
using System.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Catalogs.Frameworks;
using OpenData.Warehouse.Derivation;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Validation;

namespace OpenData.Warehouse.Rounds;

/// <summary>The published versions that automatic inputs ask, each attached once and read only.</summary>
internal sealed class AutomaticTables(SnapshotStore store, EngineOptions options, CancellationToken token) : IDisposable
{
    private readonly DuckDbEngine _engine = DuckDbEngine.InMemory(options with { Threads = 1, TempFolder = null, QueryTimeout = Timeout.InfiniteTimeSpan });
    private readonly Dictionary<string, Snapshot> _snapshots = new(StringComparer.Ordinal);

    /// <summary>What the input is worth to each unit.</summary>
    internal AutomaticTable Ask(AutomaticInput input, DateOnly from, DateOnly to)
    {
        var snapshot = Attach(input.Dataset);
        Require(input, snapshot.Contract);
        var sql = AutomaticSql.Of(input, snapshot.Contract, from, to);
        var rows = new Dictionary<string, (long, decimal?)>(StringComparer.Ordinal);
        using var connection = _engine.Connect();
        using var reader = connection.Stream(sql, token);
        while (reader.Read(out var chunk))
        {
            for (var row = 0; row < chunk.RowCount; row++)
            {
                var values = chunk[2].Int64At(row);
                decimal? value = chunk[3].IsNull(row) ? null : Number(input, Encoding.UTF8.GetString(chunk[3].Utf8(row)));
                rows.Add(
                    Encoding.UTF8.GetString(chunk[0].Utf8(row)),
                    (chunk[1].Int64At(row), input.Measure == Measure.Mean && value is { } sum ? sum / values : value));
            }
        }

        return new AutomaticTable(snapshot.Version, AutomaticSql.Shown(sql), rows);
    }

    public void Dispose() => _engine.Dispose();

    private Snapshot Attach(string dataset)
    {
        if (_snapshots.TryGetValue(dataset, out var known))
        {
            return known;
        }

        var snapshot = store.Current(dataset) ?? throw NotComputable(
            $"Bộ dữ liệu {dataset} chưa có phiên bản công bố.", $"Dataset {dataset} has no published version.");
        var alias = "version_" + dataset;
        _engine.AttachReadOnly(snapshot.DataFile, alias);
        using var connection = _engine.Connect();
        var sql = new SqlBuilder().Append("CREATE VIEW ").Name(dataset).Append(" AS SELECT ");
        for (var i = 0; i < snapshot.Contract.PublicColumns.Count; i++)
        {
            sql.Append(i == 0 ? "" : ", ");
            WallTimeSql.Column(sql, snapshot.Contract.PublicColumns[i], snapshot.Contract);
        }

        connection.Execute(ExpectationSql.PublishedTable(sql.Append(" FROM "), alias).ToSql(), token);
        _snapshots.Add(dataset, snapshot);
        return snapshot;
    }

    // The contract of a version may be older or newer than the framework that was checked against it.
    private static void Require(AutomaticInput input, DatasetContract contract)
    {
        string?[] names = [input.UnitColumn, input.Column, input.PeriodColumn, .. input.Filter.Select(f => f.Column)];
        if (names.FirstOrDefault(n => n is not null && contract.Column(n) is null) is { } missing)
        {
            throw NotComputable($"Phiên bản của {contract.Id} không có cột {missing}.", $"The version of {contract.Id} has no column {missing}.");
        }

        if (input.Filter.Any(f => f.Values.Any(v => AutomaticFilterValue.Of(v, contract.Column(f.Column)!.Type) is null))) // All columns are there.
        {
            throw NotComputable($"Điều kiện lọc không hợp kiểu cột của {contract.Id}.", $"A condition does not fit the columns of {contract.Id}.");
        }

        if (input.Column is { } number && contract.Column(number)!.Type.Kind is not (ColumnKind.Integer or ColumnKind.Decimal)) // It is there.
        {
            throw NotComputable($"Cột {number} không phải số chính xác.", $"Column {number} is no exact number.");
        }
    }

    private static decimal Number(AutomaticInput input, string text)
        => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw NotComputable($"Giá trị của {input.Dataset} quá lớn.", $"A value of {input.Dataset} is too great.");

    private static OpenDataException NotComputable(string vi, string en) => new(RoundErrors.NotComputable, new LocalText(vi, en));
}
