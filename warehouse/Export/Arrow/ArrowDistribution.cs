namespace OpenData.Warehouse.Export.Arrow;

/// <summary>
/// Arrow IPC, as a stream or as a file. Values go from DuckDB's vectors into Arrow's buffers without a step between. Benchmark
/// <c>export-arrow</c>.
/// </summary>
public sealed class ArrowDistribution : IDistributionWriter
{
    private ArrowDistribution(DistributionFormat format) => Format = format;

    /// <summary>Writes streams.</summary>
    public static ArrowDistribution Stream { get; } = new(DistributionFormat.ArrowStream);

    /// <summary>Writes files.</summary>
    public static ArrowDistribution File { get; } = new(DistributionFormat.Arrow);

    /// <inheritdoc/>
    public DistributionFormat Format { get; }

    /// <inheritdoc/>
    public async Task<long> WriteAsync(RowSet rows, Stream target, CancellationToken token)
    {
        using var reader = rows.Open(token);
        using var writer = new ArrowWriter(rows.Table, reader.Columns, target, isFile: Format == DistributionFormat.Arrow);

        // The first chunk before the first byte: a query that fails at once leaves the target untouched.
        var more = reader.Read(out var chunk);
        await writer.BeginAsync(token);
        long count = 0;
        for (; more; more = reader.Read(out chunk))
        {
            await writer.RowsAsync(chunk, token);
            count += chunk.RowCount;
        }

        await writer.EndAsync(token);
        return count;
    }
}
