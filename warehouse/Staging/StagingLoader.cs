using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Landing;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Staging;

/// <summary>Landed bytes → records → typed values in a private table; what does not fit goes to quarantine with its place and rule.</summary>
public static class StagingLoader
{
    /// <summary>
    /// Reads all files in order as one input. Memory stays bounded whatever their size. Nothing is left behind after a failure.
    /// </summary>
    /// <param name="contract">Names, types and formats; nothing is guessed.</param>
    /// <param name="files">The input; record numbers run on from file to file. No file means no records.</param>
    /// <param name="options">Folder and bounds.</param>
    /// <param name="token">Stops between records.</param>
    /// <exception cref="OpenDataException">OD2101 to OD2124: the input as a whole cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static StagedTable Load(
        DatasetContract contract, IReadOnlyList<LandedFile> files, StagingOptions options, CancellationToken token)
        => Load(contract, files, options, null, token);

    /// <summary>The same, counted on a meter for those who watch.</summary>
    public static StagedTable Load(
        DatasetContract contract, IReadOnlyList<LandedFile> files, StagingOptions options, WorkMeter? meter, CancellationToken token)
    {
        var shape = new RecordShape(contract);
        var database = Path.Combine(options.RunFolder, "stage.duckdb");
        Directory.CreateDirectory(options.RunFolder);
        Delete(database);
        try
        {
            return Load(shape, files, options, database, meter, token);
        }
        catch
        {
            Delete(database);
            throw;
        }
    }

    /// <summary>The DDL of the staged table: public columns and record number.</summary>
    internal static SqlText CreateStaged(IReadOnlyList<ColumnContract> columns)
    {
        var sql = new SqlBuilder().Append("CREATE TABLE ").Name(StagedTable.TableName).Append(" (");
        foreach (var column in columns)
        {
            sql.Name(column.Name).Append(" ").Append(DuckDbTypes.SqlOf(column.Type)).Append(", ");
        }

        return sql.Append("\"_row\" BIGINT)").ToSql();
    }

    private static StagedTable Load(
        RecordShape shape, IReadOnlyList<LandedFile> files, StagingOptions options, string database, WorkMeter? meter, CancellationToken token)
    {
        var engineOptions = new EngineOptions
        {
            Threads = 1,
            MemoryBytesMax = options.EngineMemoryMiB * 1024L * 1024,
            QueryTimeout = Timeout.InfiniteTimeSpan,
        };
        using var engine = DuckDbEngine.File(database, engineOptions, readOnly: false);
        using var goodRows = engine.Connect();
        using var badRows = engine.Connect();

        // The table is thrown away after publishing: time spent on compression would be lost.
        goodRows.Execute(new SqlBuilder().Append("PRAGMA force_compression='uncompressed'").ToSql(), token);
        goodRows.Execute(CreateStaged(shape.Columns), token);
        goodRows.Execute(new SqlBuilder()
            .Append("CREATE TABLE quarantine (\"row\" BIGINT, byte_offset BIGINT, column_name VARCHAR, rule VARCHAR, text VARCHAR)")
            .ToSql(), token);
        var notes = new ReadNotes();
        long counted;
        RowStager stager;
        using (var staged = new StageWriter(goodRows, StagedTable.TableName))
        using (var quarantine = new StageWriter(badRows, StagedTable.QuarantineName))
        {
            stager = new RowStager(shape, options, staged, quarantine, meter);
            counted = RecordReading.Read(shape, files, options, stager, notes, token);
            stager.CheckCoordinates();
            staged.Complete();
            quarantine.Complete();
        }

        if (counted != stager.Received)
        {
            throw new OpenDataException(
                StagingErrors.CountDiffers,
                new LocalText(
                    $"Bộ đọc nhận {stager.Received} bản ghi, bộ đếm độc lập nhận {counted}.",
                    $"The reader received {stager.Received} records, the independent counter {counted}."));
        }

        return new StagedTable(shape.Contract, database, files)
        {
            Received = stager.Received,
            Quarantined = stager.Quarantined,
            Counted = counted,
            NewColumns = [.. notes.NewColumns],
            MissingColumns = [.. notes.MissingColumns],
        };
    }

    private static void Delete(string database)
    {
        File.Delete(database);
        File.Delete(database + ".wal");
    }
}
