using OpenData.Catalogs;

namespace OpenData.Warehouse.Staging;

/// <summary>
/// ISO 8601 durations of fixed length, in microseconds: <c>[-]P[nW][nD][T[nH][nM][n[.f]S]]</c>. Years and months have no fixed length
/// and are refused.
/// </summary>
internal sealed class DurationParser : LongParser
{
    public DurationParser(ColumnContract column)
        : base(column) => ReadBounds();

    protected override string? ReadLong(ReadOnlySpan<byte> text, CellForm form, out long value)
    {
        value = 0;
        return form == CellForm.Text ? ReadBound(text, out value) : StagingRules.Type;
    }

    protected override string? ReadBound(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        var i = 0;
        var negative = NumberText.TakeSign(text, ref i);
        if (i >= text.Length || text[i++] != 'P' || i == text.Length)
        {
            return StagingRules.Type;
        }

        Int128 total = 0;
        var time = false;
        var rank = 0;
        while (i < text.Length)
        {
            if (text[i] == 'T')
            {
                if (time || ++i == text.Length)
                {
                    return StagingRules.Type;
                }

                time = true;
            }

            var start = i;
            while (i < text.Length && (text[i] is (>= (byte)'0' and <= (byte)'9') or (byte)'.'))
            {
                i++;
            }

            if (i == text.Length || NumberText.Read(text[start..i], NumberFormat.Plain, false, out var number, out var scale) is not null)
            {
                return StagingRules.Type;
            }

            var (unit, order) = (time, (char)text[i++]) switch
            {
                (false, 'W') => (604_800_000_000L, 1),
                (false, 'D') => (Moment.MicrosPerDay, 2),
                (true, 'H') => (3_600_000_000L, 3),
                (true, 'M') => (60_000_000L, 4),
                (true, 'S') => (1_000_000L, 5),
                _ => (0L, 0),
            };

            // Units come once and from great to small; only seconds have a fraction, to microseconds.
            if (order <= rank || (scale > 0 && order != 5) || scale > 6)
            {
                return StagingRules.Type;
            }

            rank = order;
            if (number > long.MaxValue)
            {
                return StagingRules.Overflow;
            }

            total += number * unit / NumberText.Ten(scale);
        }

        if (total > long.MaxValue)
        {
            return StagingRules.Overflow;
        }

        value = negative ? -(long)total : (long)total;
        return null;
    }
}
