using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Staging;

/// <summary>
/// The private engine of a run, over a file in its folder. It stays open from reading to publishing: what still lies in its memory need not be
/// read back. The file goes with the run; landed bytes are what is kept.
/// </summary>
internal static class StageEngine
{
    private const string FileName = "stage.duckdb";

    /// <summary>Opens an empty one, for one thread.</summary>
    public static DuckDbEngine Create(string runFolder, long memoryBytesMax)
    {
        Directory.CreateDirectory(runFolder);
        Remove(runFolder);
        var engine = Open(Path.Combine(runFolder, FileName), runFolder, memoryBytesMax);
        try
        {
            using var connection = engine.Connect();

            // The table is thrown away after publishing: time spent on compression would be lost.
            connection.Execute(new SqlBuilder().Append("PRAGMA force_compression='uncompressed'").ToSql());
            return engine;
        }
        catch
        {
            engine.Dispose();
            Remove(runFolder);
            throw;
        }
    }

    /// <summary>Removes the file of one that is closed.</summary>
    public static void Remove(string runFolder)
    {
        var file = Path.Combine(runFolder, FileName);
        File.Delete(file);
        File.Delete(file + ".wal");
    }

    /// <summary>Opens a file that has the tables of a stage.</summary>
    public static DuckDbEngine Open(string file, string runFolder, long memoryBytesMax)
    {
        var spill = Path.Combine(runFolder, "spill");
        Directory.CreateDirectory(spill);
        var options = new EngineOptions { Threads = 1, MemoryBytesMax = memoryBytesMax, TempFolder = spill, QueryTimeout = Timeout.InfiniteTimeSpan };
        return DuckDbEngine.File(file, options, readOnly: false);
    }
}
