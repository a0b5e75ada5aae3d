using System.Globalization;
using DuckDB.NET.Native;
using OpenData.Catalogs;

namespace OpenData.Warehouse.Engine;

/// <summary>The one table of types: contract ↔ DuckDB ↔ memory.</summary>
public static class DuckDbTypes
{
    /// <summary>The type name for DDL, for example <c>DECIMAL(14,2)</c>. Timestamps are UTC, durations are microseconds.</summary>
    public static string SqlOf(ColumnType type) => Row(type).Sql;

    /// <summary>How a column of the type lies in memory.</summary>
    public static PhysicalKind PhysicalOf(ColumnType type) => Row(type).Physical;

    /// <summary>Bytes that one value takes in a vector.</summary>
    internal static int SizeOf(PhysicalKind kind) => kind switch
    {
        PhysicalKind.Boolean or PhysicalKind.Int8 or PhysicalKind.UInt8 => 1,
        PhysicalKind.Int16 or PhysicalKind.UInt16 or PhysicalKind.Decimal16 => 2,
        PhysicalKind.Int32 or PhysicalKind.UInt32 or PhysicalKind.Float or PhysicalKind.Decimal32 or PhysicalKind.Date => 4,
        PhysicalKind.Int64 or PhysicalKind.UInt64 or PhysicalKind.Double or PhysicalKind.Decimal64
            or PhysicalKind.Time or PhysicalKind.Timestamp => 8,
        _ => 16,
    };

    internal static ResultColumn Describe(string name, DuckDBLogicalType type)
    {
        switch (NativeMethods.LogicalType.DuckDBGetTypeId(type))
        {
            case DuckDBType.Decimal:
                var width = NativeMethods.LogicalType.DuckDBDecimalWidth(type);
                return new ResultColumn(name, DecimalOf(width), width, NativeMethods.LogicalType.DuckDBDecimalScale(type));
            case DuckDBType.List:
                using (var item = NativeMethods.LogicalType.DuckDBListTypeChildType(type))
                {
                    return new ResultColumn(name, PhysicalKind.List) { Item = Describe(name, item) };
                }

            case var id:
                return new ResultColumn(name, PhysicalOf(id));
        }
    }

    private static (string Sql, PhysicalKind Physical) Row(ColumnType type) => type.Kind switch
    {
        ColumnKind.Boolean => ("BOOLEAN", PhysicalKind.Boolean),
        ColumnKind.Integer => ("BIGINT", PhysicalKind.Int64),
        ColumnKind.Decimal => (
            string.Create(CultureInfo.InvariantCulture, $"DECIMAL({type.Precision},{type.Scale})"),
            DecimalOf(type.Precision)),
        ColumnKind.Float => ("DOUBLE", PhysicalKind.Double),
        ColumnKind.Text or ColumnKind.Code or ColumnKind.Json => ("VARCHAR", PhysicalKind.Utf8),
        ColumnKind.Date => ("DATE", PhysicalKind.Date),
        ColumnKind.Time => ("TIME", PhysicalKind.Time),
        ColumnKind.Timestamp => ("TIMESTAMP", PhysicalKind.Timestamp),
        ColumnKind.Duration => ("BIGINT", PhysicalKind.Int64),
        ColumnKind.Uuid => ("UUID", PhysicalKind.Uuid),
        ColumnKind.Geometry => ("BLOB", PhysicalKind.Blob),
        ColumnKind.List => (Row(type.ToScalar()).Sql + "[]", PhysicalKind.List),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type.Kind, "No DuckDB type for this kind."),
    };

    private static PhysicalKind DecimalOf(int precision) => precision switch
    {
        <= 4 => PhysicalKind.Decimal16,
        <= 9 => PhysicalKind.Decimal32,
        <= 18 => PhysicalKind.Decimal64,
        _ => PhysicalKind.Decimal128,
    };

    private static PhysicalKind PhysicalOf(DuckDBType type) => type switch
    {
        DuckDBType.Boolean => PhysicalKind.Boolean,
        DuckDBType.TinyInt => PhysicalKind.Int8,
        DuckDBType.SmallInt => PhysicalKind.Int16,
        DuckDBType.Integer or DuckDBType.SqlNull => PhysicalKind.Int32,
        DuckDBType.BigInt => PhysicalKind.Int64,
        DuckDBType.HugeInt => PhysicalKind.Int128,
        DuckDBType.UnsignedTinyInt => PhysicalKind.UInt8,
        DuckDBType.UnsignedSmallInt => PhysicalKind.UInt16,
        DuckDBType.UnsignedInteger => PhysicalKind.UInt32,
        DuckDBType.UnsignedBigInt => PhysicalKind.UInt64,
        DuckDBType.UnsignedHugeInt => PhysicalKind.UInt128,
        DuckDBType.Float => PhysicalKind.Float,
        DuckDBType.Double => PhysicalKind.Double,
        DuckDBType.Varchar => PhysicalKind.Utf8,
        DuckDBType.Blob => PhysicalKind.Blob,
        DuckDBType.Date => PhysicalKind.Date,
        DuckDBType.Time => PhysicalKind.Time,
        DuckDBType.Timestamp or DuckDBType.TimestampTz => PhysicalKind.Timestamp,
        DuckDBType.Uuid => PhysicalKind.Uuid,
        _ => throw new NotSupportedException($"Columns of DuckDB type {type} are not read in chunks; cast them in the query."),
    };
}
