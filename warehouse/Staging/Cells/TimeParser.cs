using OpenData.Catalogs;

namespace OpenData.Warehouse.Staging;

/// <summary>Times of day in microseconds since midnight.</summary>
internal sealed class TimeParser : LongParser
{
    private readonly TemporalFormat? _format;

    public TimeParser(ColumnContract column)
        : base(column)
    {
        _format = column.Format is { } format ? TemporalFormat.Compile(format, column.Name) : null;
        if (_format is { HasTime: false })
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
            CellForm.Text => Moment.TryReadIsoTime(text, out moment),
            CellForm.Iso => Moment.TryReadIso(text, out moment),
            _ => false,
        };
        value = moment.Micros;
        return read ? null : StagingRules.Type;
    }

    protected override string? ReadBound(ReadOnlySpan<byte> text, out long value)
    {
        var read = Moment.TryReadIsoTime(text, out var moment);
        value = moment.Micros;
        return read ? null : StagingRules.Type;
    }
}
