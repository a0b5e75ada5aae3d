namespace OpenData.Warehouse.Export;

/// <summary>
/// Parquet, written by DuckDB itself into a file that is then copied: its footer can only be known at the end. Benchmark
/// <c>export-parquet</c>.
/// </summary>
/// <param name="spillFolder">Where the file lies meanwhile; the engine must be allowed to write there.</param>
/// <param name="spillBytesMax">Greatest size of the file.</param>
internal sealed class ParquetDistribution(string spillFolder, long spillBytesMax) : IDistributionWriter
{
    /// <inheritdoc/>
    public DistributionFormat Format => DistributionFormat.Parquet;

    /// <inheritdoc/>
    public async Task<long> WriteAsync(RowSet rows, Stream target, CancellationToken token)
    {
        using var file = new SpillFile(spillFolder, spillBytesMax, token);
        var copy = ParquetSql.Copy(rows.Sql, rows.Table.Columns, file.Path);

        // Read rather than executed: so the engine's limit of time holds for it as for every other answer.
        var count = file.Write(stop => rows.Connection.ReadInt64(copy, stop));
        await file.CopyToAsync(target, token);
        return count ?? 0;
    }
}
