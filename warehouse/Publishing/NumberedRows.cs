using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;

namespace OpenData.Warehouse.Publishing;

/// <summary>
/// Writes rows that must come numbered from 0 without a gap. DuckDB reads a table in its order, so a sort would only cost time; here that
/// is checked instead of believed.
/// </summary>
/// <param name="rows">The format; it does not see the number.</param>
/// <param name="numberColumn">Index of the column <c>_rid</c> in the result.</param>
internal sealed class NumberedRows(IRowWriter rows, int numberColumn) : IRowWriter
{
    private long _next;

    public void Begin(Utf8Buffer to) => rows.Begin(to);

    public void Rows(ResultChunk chunk, Utf8Buffer to)
    {
        foreach (var number in chunk[numberColumn].Values<long>())
        {
            if (number != _next++)
            {
                throw OutOfOrder();
            }
        }

        rows.Rows(chunk, to);
    }

    public void End(Utf8Buffer to) => rows.End(to);

    /// <summary>What is thrown when numbers and places differ.</summary>
    public static OpenDataException OutOfOrder() => new(PublishingErrors.ReadBackDiffers, new LocalText(
        "Thứ tự dòng bị lệch khi ghi phiên bản.", "Rows came out of order while the version was written."));
}
