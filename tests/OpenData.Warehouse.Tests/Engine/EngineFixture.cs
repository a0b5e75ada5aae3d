using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Tests.Engine;

/// <summary>Small words for engine tests.</summary>
internal static class EngineFixture
{
    public static readonly EngineOptions Options = new() { Threads = 2, MemoryBytesMax = 512L << 20 };

    /// <summary>A statement of the test's own, with values.</summary>
    public static SqlText Sql(string text, params object?[] values) => new(text, values);

    public static void Run(this DuckDbEngine engine, string text)
    {
        using var connection = engine.Connect();
        connection.Execute(Sql(text));
    }

    public static long Count(this DuckDbEngine engine, string text)
    {
        using var connection = engine.Connect();
        return connection.ReadInt64(Sql(text), CancellationToken.None) ?? -1;
    }

    public static void Drain(this ChunkReader reader)
    {
        while (reader.Read(out _))
        {
        }
    }

    /// <summary>Every cell as an object, for comparing in tests only.</summary>
    public static List<object?[]> Rows(this EngineConnection connection, SqlText sql)
    {
        using var reader = connection.Stream(sql, CancellationToken.None);
        var rows = new List<object?[]>();
        while (reader.Read(out var chunk))
        {
            for (var row = 0; row < chunk.RowCount; row++)
            {
                var cells = new object?[chunk.ColumnCount];
                for (var column = 0; column < cells.Length; column++)
                {
                    cells[column] = Cell(chunk[column], row);
                }

                rows.Add(cells);
            }
        }

        return rows;
    }

    private static object?[] Items(ColumnVector items, (int From, int Count) place)
    {
        var cells = new object?[place.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = Cell(items, place.From + i);
        }

        return cells;
    }

    private static object? Cell(ColumnVector vector, int row) => vector.IsNull(row) ? null : vector.Kind switch
    {
        PhysicalKind.Boolean => vector.BoolAt(row),
        PhysicalKind.Float or PhysicalKind.Double => vector.DoubleAt(row),
        PhysicalKind.Decimal16 or PhysicalKind.Decimal32 or PhysicalKind.Decimal64 or PhysicalKind.Decimal128 => vector.DecimalAt(row),
        PhysicalKind.Utf8 => System.Text.Encoding.UTF8.GetString(vector.Utf8(row)),
        PhysicalKind.Blob => Convert.ToHexString(vector.Blob(row)),
        PhysicalKind.Uuid => vector.GuidAt(row),
        PhysicalKind.List => Items(vector.Items, vector.ItemsAt(row)),
        PhysicalKind.Int128 or PhysicalKind.UInt128 or PhysicalKind.UInt64 => vector.Int128At(row),
        _ => vector.Int64At(row),
    };
}
