using OpenData.Catalogs;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Export;

/// <summary>How one column of a result is written: decided once per result, not per value.</summary>
internal sealed class ExportColumn
{
    public ExportColumn(ColumnContract contract, int index, string timeZone)
    {
        Contract = contract;
        Index = index;
        Kind = contract.Type.Kind;
        Scale = contract.Type.Scale;
        Instants = Kind == ColumnKind.Timestamp
            ? new InstantText(contract.TimeZone ?? timeZone)
            : null;
        Item = Kind == ColumnKind.List ? new ExportColumn(contract.ToScalar(), index, timeZone) : null;
    }

    public ColumnContract Contract { get; }

    public int Index { get; }

    public ColumnKind Kind { get; }

    public int Scale { get; }

    /// <summary>The writer of a column of timestamps; null for every other kind.</summary>
    public InstantText? Instants { get; }

    /// <summary>How the values of a list are written; null for every other kind.</summary>
    public ExportColumn? Item { get; }

    /// <summary>Writes a value that has no quotes and no escapes in any format; texts, geometries and lists are the writers' own.</summary>
    public int Plain(ref readonly ColumnVector vector, int row, Span<byte> to) => Kind switch
    {
        ColumnKind.Boolean => ValueText.Boolean(to, vector.BoolAt(row)),
        ColumnKind.Integer => ValueText.Integer(to, vector.Int64At(row)),
        ColumnKind.Decimal => ValueText.Decimal(to, vector.DecimalAt(row).Unscaled, Scale),
        ColumnKind.Float => ValueText.Float(to, vector.DoubleAt(row)),
        ColumnKind.Date => ValueText.Date(to, (int)vector.Int64At(row)),
        ColumnKind.Time => ValueText.Time(to, vector.Int64At(row)),
        ColumnKind.Timestamp => Instants!.Write(to, vector.Int64At(row)), // made for this kind
        ColumnKind.Duration => ValueText.Duration(to, vector.Int64At(row)),
        ColumnKind.Uuid => ValueText.Uuid(to, vector.GuidAt(row)),
        _ => throw new InvalidOperationException($"{Kind} has no plain form."),
    };
}
