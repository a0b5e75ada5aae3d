using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Export.Arrow;

/// <summary>How one column of a result becomes an Arrow field: decided once per result.</summary>
internal sealed record ArrowField
{
    /// <summary>Lists of more values are written as plain text.</summary>
    private const int ListedValuesMax = 1_000;

    private ArrowField(ColumnContract contract) => Contract = contract;

    /// <summary>What the column promises.</summary>
    public ColumnContract Contract { get; }

    /// <summary>Digits in all of a decimal.</summary>
    public int Precision { get; private init; }

    /// <summary>IANA zone of a timestamp.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Number of the field's dictionary; null when its values stand in the batches themselves.</summary>
    public int? Dictionary { get; private init; }

    /// <summary>What the values of a list are; null for every other type.</summary>
    public ArrowField? Item { get; private init; }

    /// <summary>The fields of a result; what stands behind the table's columns is not written.</summary>
    /// <exception cref="OpenDataException">OD1302 the result is not what the contract says.</exception>
    public static IReadOnlyList<ArrowField> Of(TableDescription table, IReadOnlyList<ResultColumn> columns)
    {
        if (columns.Count < table.Columns.Count)
        {
            throw new OpenDataException(ExportErrors.ColumnMismatch, new LocalText(
                $"Kết quả có {columns.Count} cột, hợp đồng nêu {table.Columns.Count} cột.",
                $"The result has {columns.Count} columns, the contract names {table.Columns.Count}."));
        }

        var fields = new List<ArrowField>(table.Columns.Count);
        var dictionaries = 0;
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var contract = table.Columns[i];
            Require(contract, columns[i]);
            fields.Add(new ArrowField(contract)
            {
                // A computed column may be wider than what it was computed from; a declared one is never narrower than its values.
                Precision = Math.Max(contract.Type.Precision, columns[i].Precision),
                TimeZone = contract.TimeZone ?? table.Contract.TimeZone,
                Dictionary = IsListed(contract) ? dictionaries++ : null,
                Item = columns[i].Item is { } item ? ItemOf(contract, item, table.Contract.TimeZone) : null,
            });
        }

        return fields;
    }

    private static ArrowField ItemOf(ColumnContract contract, ResultColumn column, string timeZone) => new(contract.ToScalar())
    {
        Precision = Math.Max(contract.Type.ToScalar().Precision, column.Precision),
        TimeZone = timeZone,
    };

    private static bool IsListed(ColumnContract contract)
        => contract.Type.Kind is ColumnKind.Text or ColumnKind.Code && contract.OneOf is { Count: > 0 and <= ListedValuesMax };

    private static void Require(ColumnContract contract, ResultColumn column)
    {
        if (!Fits(contract.Type, column))
        {
            throw new OpenDataException(ExportErrors.ColumnMismatch, new LocalText(
                $"Cột {contract.Name} là {contract.Type} theo hợp đồng, nhưng kết quả có kiểu khác.",
                $"Column {contract.Name} is {contract.Type} by contract, but the result has another type."));
        }
    }

    private static bool Fits(ColumnType type, ResultColumn column) => type.Kind switch
    {
        ColumnKind.Integer or ColumnKind.Duration => IsWhole(column.Kind),
        ColumnKind.Decimal => (IsWhole(column.Kind) || IsExact(column.Kind)) && column.Scale == type.Scale,
        ColumnKind.Float => column.Kind is PhysicalKind.Double or PhysicalKind.Float,
        ColumnKind.List => column.Item is { } item && Fits(type.ToScalar(), item),
        _ => column.Kind == DuckDbTypes.PhysicalOf(type),
    };

    private static bool IsWhole(PhysicalKind kind) => kind is PhysicalKind.Int8 or PhysicalKind.Int16 or PhysicalKind.Int32 or PhysicalKind.Int64
        or PhysicalKind.UInt8 or PhysicalKind.UInt16 or PhysicalKind.UInt32;

    private static bool IsExact(PhysicalKind kind) => kind is PhysicalKind.Decimal16 or PhysicalKind.Decimal32 or PhysicalKind.Decimal64
        or PhysicalKind.Decimal128 or PhysicalKind.Int128 or PhysicalKind.UInt64 or PhysicalKind.UInt128;
}
