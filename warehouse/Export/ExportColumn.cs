using OpenData.Catalogs;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Export;

/// <summary>How one column of a result is written: decided once per result, not per value.</summary>
internal sealed class ExportColumn
{
    private readonly byte[] _dayText = new byte[10];
    private long _dayStart = long.MinValue;

    public ExportColumn(ColumnContract contract, int index, string timeZone)
    {
        Contract = contract;
        Index = index;
        Kind = contract.Type.Kind;
        Scale = contract.Type.Scale;
        Offsets = Kind == ColumnKind.Timestamp
            ? new ZoneOffsets(TimeZoneInfo.FindSystemTimeZoneById(contract.TimeZone ?? timeZone))
            : null;
    }

    public ColumnContract Contract { get; }

    public int Index { get; }

    public ColumnKind Kind { get; }

    public int Scale { get; }

    private ZoneOffsets? Offsets { get; }

    /// <summary>Writes a value that has no quotes and no escapes in any format; texts and geometries are the writers' own.</summary>
    public int Plain(ref readonly ColumnVector vector, int row, Span<byte> to) => Kind switch
    {
        ColumnKind.Boolean => ValueText.Boolean(to, vector.BoolAt(row)),
        ColumnKind.Integer => ValueText.Integer(to, vector.Int64At(row)),
        ColumnKind.Decimal => ValueText.Decimal(to, vector.DecimalAt(row).Unscaled, Scale),
        ColumnKind.Float => ValueText.Float(to, vector.DoubleAt(row)),
        ColumnKind.Date => ValueText.Date(to, (int)vector.Int64At(row)),
        ColumnKind.Time => ValueText.Time(to, vector.Int64At(row)),
        ColumnKind.Timestamp => Timestamp(to, vector.Int64At(row)),
        ColumnKind.Duration => ValueText.Duration(to, vector.Int64At(row)),
        ColumnKind.Uuid => ValueText.Uuid(to, vector.GuidAt(row)),
        _ => throw new InvalidOperationException($"{Kind} has no plain form."),
    };

    private int Timestamp(Span<byte> to, long utcMicros)
    {
        // Rows lie in the order of time, so the day is mostly that of the row before: its ten letters are kept.
        var offset = Offsets!.MinutesAt(utcMicros);
        var ofDay = utcMicros + (offset * 60_000_000L) - _dayStart;
        if ((ulong)ofDay >= ValueText.MicrosPerDay || _dayStart == long.MinValue)
        {
            _dayStart = ValueText.StartOfDay(utcMicros + (offset * 60_000_000L));
            ValueText.Date(_dayText, (int)(_dayStart / ValueText.MicrosPerDay));
            ofDay = utcMicros + (offset * 60_000_000L) - _dayStart;
        }

        _dayText.CopyTo(to);
        return _dayText.Length + ValueText.TimeOfInstant(to[_dayText.Length..], ofDay, offset);
    }
}
