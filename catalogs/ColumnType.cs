using System.Globalization;

namespace OpenData.Catalogs;

/// <summary>A logical type with its parameters.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Precision">Total digits of a decimal, 1 to 38; else 0.</param>
/// <param name="Scale">Digits after the point of a decimal; else 0.</param>
/// <param name="Geometry">Which geometries, for geometry columns; else null.</param>
/// <param name="Item">Type of the values of a list; else null.</param>
public sealed record ColumnType(ColumnKind Kind, int Precision = 0, int Scale = 0, GeometryKind? Geometry = null, ColumnType? Item = null)
{
    /// <summary>The type of one value: of a list's items, else the type itself.</summary>
    public ColumnType ToScalar() => Item ?? this;

    /// <summary>The type as a contract writes it, for example <c>decimal(14,2)</c>, <c>geometry(point)</c> or <c>list(code)</c>.</summary>
    public override string ToString() => Kind switch
    {
        ColumnKind.Decimal => string.Create(CultureInfo.InvariantCulture, $"decimal({Precision},{Scale})"),
        ColumnKind.List => $"list({Item})",
        ColumnKind.Geometry => $"geometry({(Geometry ?? GeometryKind.Any).ToString().ToLowerInvariant()})",
        _ => Kind.ToString().ToLowerInvariant(),
    };
}
