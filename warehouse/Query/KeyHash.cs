using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OpenData.Catalogs;
using OpenData.Warehouse.Engine;
using static OpenData.Warehouse.Query.Expressions.BoundExpression;

namespace OpenData.Warehouse.Query;

/// <summary>
/// Pure: the number under which a key is found, once as SQL over the rows and once of values that somebody asks for. Both go by the same
/// text of each value. Different keys may share a number, so whoever finds a row by it compares the key itself.
/// </summary>
public static class KeyHash
{
    private const char Separator = '\u001f';

    /// <summary>Bits of the number; it is never negative.</summary>
    public const int Bits = 63;

    /// <summary>True when keys of these columns have a number: all types but those whose values have several spellings.</summary>
    public static bool Covers(IReadOnlyList<ColumnContract> columns)
        => columns.Count > 0 && columns.All(c => c.Type.Kind is ColumnKind.Text or ColumnKind.Code or ColumnKind.Integer or ColumnKind.Boolean
            or ColumnKind.Date or ColumnKind.Time or ColumnKind.Timestamp or ColumnKind.Duration or ColumnKind.Uuid);

    /// <summary>Appends the number of a row's key.</summary>
    /// <param name="sql">The query over a table that has the columns.</param>
    /// <param name="columns">The key, in its order.</param>
    public static SqlBuilder Append(SqlBuilder sql, IReadOnlyList<ColumnContract> columns)
    {
        // The upper half of the number, which DuckDB has as md5_number_lower too: by way of bit strings, which more than doubled what a key file costs.
        sql.Append("CAST(md5_number(concat_ws(chr(31)");
        foreach (var column in columns)
        {
            sql.Append(", ");
            var (before, after) = column.Type.Kind switch
            {
                ColumnKind.Date => ("", " - DATE '1970-01-01'"),
                ColumnKind.Time or ColumnKind.Timestamp => ("epoch_us(", ")"),
                _ => ("", ""),
            };
            sql.Append("CAST(").Append(before).Name(column.Name).Append(after).Append(" AS VARCHAR)");
        }

        return sql.Append(")) >> 65 AS BIGINT)");
    }

    /// <summary>The number of a key.</summary>
    /// <param name="values">One value for each key column, in their order, each of its column's own kind.</param>
    public static long Of(IReadOnlyList<Constant> values)
    {
        var text = string.Join(Separator, values.Select(Text));
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
#pragma warning disable CA5351 // Spreads keys evenly; nothing is protected by it, and the engine has it as a function.
        MD5.HashData(Encoding.UTF8.GetBytes(text), hash);
#pragma warning restore CA5351
        return (long)(BinaryPrimitives.ReadUInt64LittleEndian(hash[8..]) >> 1);
    }

    private static string Text(Constant constant) => constant.Value switch
    {
        bool flag => flag ? "true" : "false",
        DateOnly day => EngineTime.Days(day).ToString(CultureInfo.InvariantCulture),
        DateTime instant => EngineTime.Micros(instant).ToString(CultureInfo.InvariantCulture),
        Guid id => id.ToString("D"),
        var other => Convert.ToString(other, CultureInfo.InvariantCulture)!, // a key value is never null
    };
}
