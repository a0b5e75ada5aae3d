using System.Runtime.InteropServices;
using OpenData.Catalogs;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>The type of an expression.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Precision">Digits of a decimal, 1 to 38; else 0.</param>
/// <param name="Scale">Digits after the point of a decimal; else 0.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ExpressionType(ValueKind Kind, int Precision = 0, int Scale = 0)
{
    /// <summary>True for integer, decimal and double.</summary>
    public bool IsNumeric => Kind is ValueKind.Integer or ValueKind.Decimal or ValueKind.Double;

    /// <summary>True for values that neither order nor compare with anything but null.</summary>
    public bool IsCompound => Kind is ValueKind.Point or ValueKind.Geometry or ValueKind.List;

    /// <summary>Digits before the point that an exact number of this type may have.</summary>
    internal int IntegerDigits => Kind is ValueKind.Integer or ValueKind.Duration ? 19 : Precision - Scale;

    /// <summary>The type that values of a column have in expressions.</summary>
    public static ExpressionType Of(ColumnType type) => type.Kind switch
    {
        ColumnKind.Boolean => new(ValueKind.Boolean),
        ColumnKind.Integer => new(ValueKind.Integer),
        ColumnKind.Decimal => new(ValueKind.Decimal, type.Precision, type.Scale),
        ColumnKind.Float => new(ValueKind.Double),
        ColumnKind.Text or ColumnKind.Code or ColumnKind.Json => new(ValueKind.Text),
        ColumnKind.Date => new(ValueKind.Date),
        ColumnKind.Time => new(ValueKind.TimeOfDay),
        ColumnKind.Timestamp => new(ValueKind.Instant),
        ColumnKind.Duration => new(ValueKind.Duration),
        ColumnKind.Uuid => new(ValueKind.Guid),
        ColumnKind.List => new(ValueKind.List),
        _ => new(type.Geometry == GeometryKind.Point ? ValueKind.Point : ValueKind.Geometry),
    };

    /// <summary>The type of a column that holds such values; null for null, geometries and lists.</summary>
    public ColumnType? ToColumnType() => Kind switch
    {
        ValueKind.Boolean => new(ColumnKind.Boolean),
        ValueKind.Integer => new(ColumnKind.Integer),
        ValueKind.Decimal => new(ColumnKind.Decimal, Precision, Scale),
        ValueKind.Double => new(ColumnKind.Float),
        ValueKind.Text => new(ColumnKind.Text),
        ValueKind.Date => new(ColumnKind.Date),
        ValueKind.TimeOfDay => new(ColumnKind.Time),
        ValueKind.Instant => new(ColumnKind.Timestamp),
        ValueKind.Duration => new(ColumnKind.Duration),
        ValueKind.Guid => new(ColumnKind.Uuid),
        _ => null,
    };

    /// <summary>The type's name in OData, for messages.</summary>
    public string EdmName => Kind switch
    {
        ValueKind.Null => "null",
        ValueKind.Boolean => "Edm.Boolean",
        ValueKind.Integer => "Edm.Int64",
        ValueKind.Decimal => "Edm.Decimal",
        ValueKind.Double => "Edm.Double",
        ValueKind.Text => "Edm.String",
        ValueKind.Date => "Edm.Date",
        ValueKind.TimeOfDay => "Edm.TimeOfDay",
        ValueKind.Instant => "Edm.DateTimeOffset",
        ValueKind.Duration => "Edm.Duration",
        ValueKind.Guid => "Edm.Guid",
        ValueKind.Point => "Edm.GeographyPoint",
        ValueKind.List => "Collection",
        _ => "Edm.Geography",
    };
}
