using OpenData.Catalogs;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Tests.Engine;
using OpenData.Warehouse.Tests.Staging;

namespace OpenData.Warehouse.Tests.Export;

/// <summary>A table in memory, with the ranges that publishing would record, written as a workbook.</summary>
internal sealed class BookRig : IDisposable
{
    private readonly DuckDbEngine _engine = DuckDbEngine.InMemory(new EngineOptions { Threads = 1 });

    public BookRig(string select, params ColumnContract[] columns)
    {
        Connection = _engine.Connect();
        Connection.Execute(EngineFixture.Sql($"CREATE TABLE data AS {select}"));
        Table = Profiled(columns);
    }

    /// <summary>A table of given values, row by row, each as text or null.</summary>
    public BookRig(IReadOnlyList<IReadOnlyList<string?>> rows, params ColumnContract[] columns)
    {
        Connection = _engine.Connect();
        Connection.Execute(EngineFixture.Sql($"CREATE TABLE data ({string.Join(", ", columns.Select(c => $"{c.Name} {DuckDbTypes.SqlOf(c.Type)}"))})"));
        foreach (var some in rows.Chunk(10))
        {
            var list = some.Select((_, row) => $"({string.Join(", ", columns.Select((c, i) => $"CAST(${(row * columns.Length) + i + 1} AS {DuckDbTypes.SqlOf(c.Type)})"))})");
            Connection.Execute(EngineFixture.Sql($"INSERT INTO data VALUES {string.Join(", ", list)}", [.. some.SelectMany(r => r)]));
        }

        Table = Profiled(columns);
    }

    public EngineConnection Connection { get; }

    public TableDescription Table { get; set; }

    public SqlText Sql { get; set; } = EngineFixture.Sql("SELECT * FROM data");

    public int SheetRowsMax { get; init; } = XlsxSheet.RowsMax;

    /// <summary>The bytes of the workbook.</summary>
    public byte[] Write(out long rows, CancellationToken token = default)
    {
        using var bytes = new MemoryStream();
        using var target = new OneWayStream(bytes);
        rows = new XlsxDistribution(SheetRowsMax).WriteAsync(new RowSet(Connection, Sql, Table), target, token).GetAwaiter().GetResult();
        return bytes.ToArray();
    }

    public byte[] Write() => Write(out _);

    /// <summary>The workbook, read by the test's own strict reader.</summary>
    public BookText Read() => new(Write());

    /// <summary>What the failed writing left behind.</summary>
    public byte[] Fails<T>(out T failure, CancellationToken token = default)
        where T : Exception
    {
        using var bytes = new MemoryStream();
        using var target = new OneWayStream(bytes);
        failure = Assert.ThrowsAny<T>(() => new XlsxDistribution(SheetRowsMax).WriteAsync(new RowSet(Connection, Sql, Table), target, token).GetAwaiter().GetResult());
        return bytes.ToArray();
    }

    public void Dispose()
    {
        Connection.Dispose();
        _engine.Dispose();
    }

    private TableDescription Profiled(ColumnContract[] columns)
    {
        var contract = Stage.Contract("csv", columns);
        return new TableDescription(contract, columns)
        {
            Ranges = ProfileReader.Read(Connection, "memory", contract, CancellationToken.None)
                .ToDictionary(p => p.Column, p => new ColumnRange(p.Min, p.Max), StringComparer.Ordinal),
        };
    }
}
