namespace OpenData.Warehouse.Export;

/// <summary>Writes rows in one format. Has no state of its own: one writer serves many outputs at once.</summary>
public interface IDistributionWriter
{
    /// <summary>The format.</summary>
    DistributionFormat Format { get; }

    /// <summary>
    /// Writes everything and gives the number of rows; memory does not grow with them. The target need not seek. A failure leaves it
    /// unfinished: the caller must break it off.
    /// </summary>
    Task<long> WriteAsync(RowSet rows, Stream target, CancellationToken token);
}
