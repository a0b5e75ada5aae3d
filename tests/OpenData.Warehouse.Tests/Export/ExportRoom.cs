using OpenData.TestKit;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Tests.Engine;

namespace OpenData.Warehouse.Tests.Export;

/// <summary>An engine, its writers and a folder for what they write.</summary>
internal sealed class ExportRoom : IDisposable
{
    private readonly TestFolder _folder = new();
    private int _files;

    public ExportRoom(long spillBytesMax = 1L << 30)
    {
        Engine = DuckDbEngine.InMemory(EngineFixture.Options);
        Connection = Engine.Connect();
        Writers = new DistributionWriters(SpillFolder, spillBytesMax);
    }

    public DuckDbEngine Engine { get; }

    public EngineConnection Connection { get; }

    public DistributionWriters Writers { get; }

    public string SpillFolder => _folder["spill"];

    /// <summary>Files of the spill folder; none after any answer, good or bad.</summary>
    public IEnumerable<string> Spilled => Directory.EnumerateFileSystemEntries(Directory.CreateDirectory(SpillFolder).FullName);

    public void Dispose()
    {
        Connection.Dispose();
        Engine.Dispose();
        _folder.Dispose();
    }

    /// <summary>Writes the whole table in a format and gives the file.</summary>
    public async Task<string> WriteAsync(ExportTable table, DistributionFormat format)
    {
        var name = $"t{_files++}";
        var description = table.Create(Connection, name);
        var (path, rows) = await WriteAsync(new SqlBuilder().Append("SELECT * FROM ").Name(name).ToSql(), description, format);
        Assert.Equal(table.Rows.Count, rows);
        return path;
    }

    /// <summary>Writes the result of a query in a format and gives the file with the number of rows.</summary>
    public async Task<(string Path, long Rows)> WriteAsync(SqlText sql, TableDescription table, DistributionFormat format, bool isNumbered = false)
    {
        var path = _folder[$"{_files++}.{format.Extension}"];
        await using var file = File.Create(path);
        await using var target = new OneWayStream(file);
        var rows = await Writers.Of(format).WriteAsync(new RowSet(Connection, sql, table) { IsNumbered = isNumbered }, target, CancellationToken.None);
        return (path, rows);
    }
}
