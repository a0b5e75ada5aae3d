using System.Globalization;
using System.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.TestKit;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Landing;
using OpenData.Warehouse.Staging;

namespace OpenData.Warehouse.Tests.Staging;

/// <summary>Lands bytes, stages them and reads the tables back as text: null is null, everything else as DuckDB prints it.</summary>
internal sealed class Stage : IDisposable
{
    private readonly TestFolder _folder = new();

    public string DataFolder => _folder.Path;

    public static ColumnContract Column(string name, ColumnKind kind = ColumnKind.Text)
        => new(name, new ColumnType(kind), new LocalText(name, name));

    public static ColumnContract Decimal(string name, int precision, int scale)
        => new(name, new ColumnType(ColumnKind.Decimal, precision, scale), new LocalText(name, name));

    public static DatasetContract Contract(string kind, params ColumnContract[] columns)
        => Contract(new SourceBinding(kind), columns);

    public static DatasetContract Contract(SourceBinding source, params ColumnContract[] columns)
        => new("test_set", new LocalText("Thử", "Test"), new LocalText("Thử", "Test"), columns, ["row"], source)
        {
            Publisher = "p",
            Theme = "t",
            License = "l",
        };

    public StagedTable Load(DatasetContract contract, params string[] files)
        => Load(contract, [.. files.Select(f => new UTF8Encoding(false).GetBytes(f))]);

    public StagedTable Load(DatasetContract contract, params byte[][] files)
        => StagingLoader.Load(contract, [.. files.Select(f => Land(contract, f))], Options(), CancellationToken.None);

    public StagedTable LoadFile(DatasetContract contract, string path) => Load(contract, File.ReadAllBytes(path));

    public StagingOptions Options() => new(Path.Combine(_folder.Path, "work", "run"));

    public LandedFile Land(DatasetContract contract, byte[] bytes)
    {
        var store = new LandingStore(_folder.Path, TimeProvider.System);
        using var spool = store.Open(contract, Path.Combine(_folder.Path, "work", "run"), "test");
        spool.Stream.Write(bytes);
        return spool.Land(CancellationToken.None);
    }

    /// <summary>Rows of <c>staged</c> in record order, without <c>_row</c>.</summary>
    public static List<IReadOnlyList<string?>> Rows(StagedTable table)
        => [.. Read(table, "SELECT * EXCLUDE (_row) FROM staged ORDER BY _row")];

    /// <summary>row, column, rule, text of each refused record.</summary>
    public static List<IReadOnlyList<string?>> Quarantine(StagedTable table)
        => [.. Read(table, "SELECT \"row\", column_name, rule, text FROM quarantine ORDER BY \"row\"")];

    /// <summary>The rule of each refused record, in order.</summary>
    public static string[] Rules(StagedTable table) => [.. Quarantine(table).Select(q => q[2]!)];

    public static List<IReadOnlyList<string?>> Read(StagedTable table, string sql)
    {
        using var engine = DuckDbEngine.File(table.DatabaseFile, new EngineOptions { Threads = 1 }, readOnly: true);
        using var connection = engine.Connect();
        using var command = connection.Ado.CreateCommand();
        command.CommandText = $"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ({sql})";
        using var reader = command.ExecuteReader();
        var rows = new List<IReadOnlyList<string?>>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetString(i))]);
        }

        return rows;
    }

    /// <summary>The code with which the load fails.</summary>
    public string Fails(DatasetContract contract, params byte[][] files)
    {
        var failure = Assert.Throws<OpenDataException>(() => Load(contract, files));
        Assert.False(File.Exists(Path.Combine(_folder.Path, "work", "run", "stage.duckdb")));
        return failure.Code.Code;
    }

    public string Fails(DatasetContract contract, string file) => Fails(contract, Encoding.UTF8.GetBytes(file));

    /// <summary>Each value through its column: the stored text, or the rule in angle brackets. Accepted ones share one row of one table.</summary>
    public IReadOnlyList<string?> Values(IReadOnlyList<(ColumnContract Column, string Text)> cells)
    {
        var anyContract = Contract("csv");
        var rules = cells
            .Select(c => CellParser.For(anyContract, c.Column, 1 << 20).Parse(Encoding.UTF8.GetBytes(c.Text), CellForm.Text, new CellValue()))
            .ToList();
        var good = Enumerable.Range(0, cells.Count).Where(i => rules[i] is null).ToList();
        var columns = good.Select(i => cells[i].Column with { Name = string.Create(CultureInfo.InvariantCulture, $"c{i}") }).ToArray();
        var texts = good.Select(i => "\"" + cells[i].Text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"");
        var csv = $"{string.Join(',', columns.Select(c => c.Name))}\n{string.Join(',', texts)}\n";
        var row = Rows(Load(Contract("csv", columns), csv))[0];
        return [.. Enumerable.Range(0, cells.Count).Select(i => rules[i] is { } rule ? $"<{rule}>" : row[good.IndexOf(i)])];
    }

    public void Dispose() => _folder.Dispose();
}
