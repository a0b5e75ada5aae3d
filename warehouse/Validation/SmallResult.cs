using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Validation;

/// <summary>Reads results of a few rows (counts, profiles) as plain values: text, long, double or null.</summary>
internal static class SmallResult
{
    /// <summary>All rows; meant for hundreds, not for data.</summary>
    public static List<object?[]> Rows(this EngineConnection connection, SqlText sql, CancellationToken token)
    {
        var rows = new List<object?[]>();
        using var reader = connection.Stream(sql, token);
        while (reader.Read(out var chunk))
        {
            for (var row = 0; row < chunk.RowCount; row++)
            {
                var values = new object?[chunk.ColumnCount];
                for (var column = 0; column < values.Length; column++)
                {
                    values[column] = ValueAt(chunk[column], row);
                }

                rows.Add(values);
            }
        }

        return rows;
    }

    /// <summary>The first cell as a number; an empty result is an error.</summary>
    public static long Count(this EngineConnection connection, SqlText sql, CancellationToken token)
        => connection.ReadInt64(sql, token) ?? throw new InvalidOperationException("A count came back empty.");

    private static object? ValueAt(ColumnVector column, int row)
    {
        if (column.IsNull(row))
        {
            return null;
        }

        return column.Kind switch
        {
            PhysicalKind.Utf8 => System.Text.Encoding.UTF8.GetString(column.Utf8(row)),
            PhysicalKind.Boolean => column.BoolAt(row) ? 1L : 0L,
            PhysicalKind.Double => column.DoubleAt(row),
            PhysicalKind.Int128 => (long)column.Int128At(row),
            _ => column.Int64At(row),
        };
    }
}
