using System.Runtime.InteropServices;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Staging;

/// <summary>
/// A date and time format of a contract, compiled once: <c>d dd M MM yyyy H HH m mm s ss</c>, <c>f</c> to <c>ffffff</c> (that many
/// digits), <c>F</c> to <c>FFFFFF</c> (up to that many), <c>K</c> or <c>zzz</c> (Z or ±HH:mm), text in single quotes, anything else as itself.
/// </summary>
internal sealed class TemporalFormat
{
    private readonly Part[] _parts;

    private TemporalFormat(Part[] parts) => _parts = parts;

    private enum PartKind
    {
        Literal,
        Day,
        Month,
        Year,
        Hour,
        Minute,
        Second,
        Fraction,
        Offset,
    }

    /// <summary>True when the format has hours.</summary>
    public bool HasTime { get; private init; }

    /// <summary>True when the format has day, month and year.</summary>
    public bool HasDate { get; private init; }

    /// <summary>Compiles a format.</summary>
    /// <exception cref="OpenDataException">OD2116: a letter that is no part, a part twice, or day, month and year incomplete.</exception>
    public static TemporalFormat Compile(string format, string column)
    {
        var parts = new List<Part>();
        for (var i = 0; i < format.Length;)
        {
            var c = format[i];
            if (c == '\'')
            {
                var end = format.IndexOf('\'', i + 1);
                if (end < 0)
                {
                    throw Unusable(format, column);
                }

                parts.AddRange(System.Text.Encoding.UTF8.GetBytes(format[(i + 1)..end]).Select(b => new Part(PartKind.Literal, b, b)));
                i = end + 1;
                continue;
            }

            var run = 1;
            while (i + run < format.Length && format[i + run] == c)
            {
                run++;
            }

            if (!char.IsAsciiLetter(c))
            {
                var bytes = System.Text.Encoding.UTF8.GetBytes(format.Substring(i, run));
                parts.AddRange(bytes.Select(b => new Part(PartKind.Literal, b, b)));
                i += run;
                continue;
            }

            parts.Add((c, run) switch
            {
                ('d', 1) => new Part(PartKind.Day, 1, 2),
                ('d', 2) => new Part(PartKind.Day, 2, 2),
                ('M', 1) => new Part(PartKind.Month, 1, 2),
                ('M', 2) => new Part(PartKind.Month, 2, 2),
                ('y', 4) => new Part(PartKind.Year, 4, 4),
                ('H', 1) => new Part(PartKind.Hour, 1, 2),
                ('H', 2) => new Part(PartKind.Hour, 2, 2),
                ('m', 1) => new Part(PartKind.Minute, 1, 2),
                ('m', 2) => new Part(PartKind.Minute, 2, 2),
                ('s', 1) => new Part(PartKind.Second, 1, 2),
                ('s', 2) => new Part(PartKind.Second, 2, 2),
                ('f', <= 6) => new Part(PartKind.Fraction, run, run),
                ('F', <= 6) => new Part(PartKind.Fraction, 1, run),
                ('K', 1) or ('z', 3) => new Part(PartKind.Offset, 0, 0),
                ('T', 1) or ('Z', 1) => new Part(PartKind.Literal, c, c),
                _ => throw Unusable(format, column),
            });
            i += run;
        }

        var kinds = parts.Where(p => p.Kind != PartKind.Literal).Select(p => p.Kind).ToList();
        var dates = kinds.Count(k => k is PartKind.Day or PartKind.Month or PartKind.Year);
        if (kinds.Count != kinds.Distinct().Count() || kinds.Count == 0 || dates is 1 or 2)
        {
            throw Unusable(format, column);
        }

        return new TemporalFormat([.. parts]) { HasDate = dates == 3, HasTime = kinds.Contains(PartKind.Hour) };
    }

    /// <summary>Reads the whole text. False when it does not fit the format or is no day or time of the calendar.</summary>
    public bool TryRead(ReadOnlySpan<byte> text, out Moment moment)
    {
        int day = 1, month = 1, year = 1, hour = 0, minute = 0, second = 0, micros = 0;
        int? offset = null;
        var i = 0;
        moment = default;
        foreach (var part in _parts)
        {
            if (part.Kind == PartKind.Literal)
            {
                if (i >= text.Length || text[i] != part.Min)
                {
                    return false;
                }

                i++;
                continue;
            }

            if (part.Kind == PartKind.Offset)
            {
                if (!Moment.TryReadOffset(text, ref i, out offset))
                {
                    return false;
                }

                continue;
            }

            var start = i;
            var value = 0;
            while (i < text.Length && i - start < part.Max && (uint)(text[i] - '0') <= 9)
            {
                value = (value * 10) + (text[i++] - '0');
            }

            if (i - start < part.Min)
            {
                return false;
            }

            switch (part.Kind)
            {
                case PartKind.Day:
                    day = value;
                    break;
                case PartKind.Month:
                    month = value;
                    break;
                case PartKind.Year:
                    year = value;
                    break;
                case PartKind.Hour:
                    hour = value;
                    break;
                case PartKind.Minute:
                    minute = value;
                    break;
                case PartKind.Second:
                    second = value;
                    break;
                default:
                    for (var digits = i - start; digits < 6; digits++)
                    {
                        value *= 10;
                    }

                    micros = value;
                    break;
            }
        }

        return i == text.Length && Moment.TryMake(year, month, day, hour, minute, second, micros, offset, out moment);
    }

    private static OpenDataException Unusable(string format, string column) => new(
        StagingErrors.ContractUnusable,
        new LocalText(
            $"Cột {column}: định dạng ngày giờ '{format}' không đọc được; dùng d, dd, M, MM, yyyy, H, HH, m, mm, s, ss, f, K.",
            $"Column {column}: the date and time format '{format}' cannot be read; use d, dd, M, MM, yyyy, H, HH, m, mm, s, ss, f, K."));

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Part(PartKind Kind, int Min, int Max);
}
