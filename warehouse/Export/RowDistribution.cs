namespace OpenData.Warehouse.Export;

/// <summary>A text format, written row after row by an <see cref="IRowWriter"/>.</summary>
/// <param name="format">The format.</param>
/// <param name="writerOf">Makes the writer of one output.</param>
public sealed class RowDistribution(DistributionFormat format, Func<TableDescription, IRowWriter> writerOf) : IDistributionWriter
{
    /// <inheritdoc/>
    public DistributionFormat Format => format;

    /// <inheritdoc/>
    public async Task<long> WriteAsync(RowSet rows, Stream target, CancellationToken token)
    {
        using var reader = rows.Open(token);
        return await RowPump.WriteAsync(reader, writerOf(rows.Table), target, token);
    }
}
