using OpenData.Catalogs;

namespace OpenData.Warehouse.Staging;

/// <summary>
/// Instants as UTC microseconds since 1970. A time without offset is the clock of the column's zone; one that the clock shows twice or
/// never is refused. <c>truncate: day</c> keeps midnight of the zone's day.
/// </summary>
internal sealed class TimestampParser : LongParser
{
    private const long Least = -62_135_596_800_000_000;
    private const long Greatest = 253_402_300_799_999_999;

    private const int LeastDay = (int)(Least / Moment.MicrosPerDay);
    private const int GreatestDay = (int)(Greatest / Moment.MicrosPerDay);

    private readonly TemporalFormat? _format;
    private readonly ZoneClock _clock;
    private readonly bool _toDay;

    public TimestampParser(ColumnContract column, string datasetZone)
        : base(column)
    {
        _format = column.Format is { } format ? TemporalFormat.Compile(format, column.Name) : null;
        if (_format is { HasDate: false })
        {
            throw Unusable("format", column.Format);
        }

        _clock = ZoneClock.For(column.TimeZone ?? datasetZone, column.Name);
        _toDay = column.Truncate switch
        {
            null => false,
            "day" => true,
            _ => throw Unusable("truncate", column.Truncate),
        };
        ReadBounds();
    }

    protected override string? ReadLong(ReadOnlySpan<byte> text, CellForm form, out long value)
    {
        var moment = default(Moment);
        var read = form switch
        {
            CellForm.Text when _format is not null => _format.TryRead(text, out moment),
            CellForm.Text or CellForm.Iso => Moment.TryReadIso(text, out moment),
            _ => false,
        };
        value = 0;
        return read ? Instant(moment, out value) : StagingRules.Type;
    }

    protected override string? ReadBound(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        return Moment.TryReadIso(text, out var moment) || Moment.TryReadIsoDate(text, out moment)
            ? Instant(moment, out value)
            : StagingRules.Type;
    }

    private string? Instant(Moment moment, out long value)
    {
        string? rule = null;
        if (moment.OffsetMinutes is { } minutes)
        {
            value = moment.LocalMicros - (minutes * 60_000_000L);
            if (_toDay)
            {
                rule = _clock.LocalDay(value) is { } day ? _clock.ToUtc(day, 0, out value) : StagingRules.Overflow;
            }
        }
        else
        {
            rule = _clock.ToUtc(moment.Day, _toDay ? 0 : moment.Micros, out value);
        }

        return rule ?? (IsShown(value) ? null : StagingRules.Overflow);
    }

    /// <summary>In UTC and by the clock of the zone the year is 1 to 9999: every format can then say it.</summary>
    private bool IsShown(long value)
        => value is >= Least + Moment.MicrosPerDay and <= Greatest - Moment.MicrosPerDay
            || (value is >= Least and <= Greatest && _clock.LocalDay(value) is >= LeastDay and <= GreatestDay);
}
