using OpenData.Catalogs;

namespace OpenData.Warehouse.Staging;

/// <summary>Calendar days since 1970-01-01, never shifted by a zone.</summary>
internal sealed class DateParser : LongParser
{
    private readonly TemporalFormat? _format;

    public DateParser(ColumnContract column)
        : base(column)
    {
        _format = column.Format is { } format ? TemporalFormat.Compile(format, column.Name) : null;
        if (_format is { HasDate: false })
        {
            throw Unusable("format", column.Format);
        }

        ReadBounds();
    }

    protected override string? ReadLong(ReadOnlySpan<byte> text, CellForm form, out long value)
    {
        var moment = default(Moment);
        var read = form switch
        {
            CellForm.Text when _format is not null => _format.TryRead(text, out moment),
            CellForm.Text => Moment.TryReadIsoDate(text, out moment),

            // A workbook's date cell is a day when its time is midnight.
            CellForm.Iso => Moment.TryReadIso(text, out moment) && moment.Micros == 0,
            _ => false,
        };
        value = moment.Day;
        return read ? null : StagingRules.Type;
    }

    protected override string? ReadBound(ReadOnlySpan<byte> text, out long value)
    {
        var read = Moment.TryReadIsoDate(text, out var moment);
        value = moment.Day;
        return read ? null : StagingRules.Type;
    }
}
