using OpenData.Catalogs;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Export;

/// <summary>Rows as JSON objects, one a line: the values are those of <see cref="JsonRows"/>. Benchmark <c>export-ndjson</c>.</summary>
/// <param name="columns">Contract columns in the order of the result's.</param>
/// <param name="timeZone">The dataset's zone, for timestamps.</param>
public sealed class NdjsonRows(IReadOnlyList<ColumnContract> columns, string timeZone) : IRowWriter
{
    private readonly JsonRows _json = new(columns, timeZone);

    /// <inheritdoc/>
    public void Begin(Utf8Buffer to)
    {
        // Nothing stands before the first line.
    }

    /// <inheritdoc/>
    public void Rows(ResultChunk chunk, Utf8Buffer to)
    {
        for (var row = 0; row < chunk.RowCount; row++)
        {
            to.Append((byte)'{');
            _json.Properties(chunk, row, to);
            to.Append("}\n"u8);
        }
    }

    /// <inheritdoc/>
    public void End(Utf8Buffer to)
    {
        // The last line is the end.
    }
}
