using System.Globalization;
using System.Text;
using OpenData.Catalogs;

namespace OpenData.Warehouse.Staging;

/// <summary>64-bit binary floating point: the nearest value to the text. NaN and infinities are refused.</summary>
internal sealed class FloatParser : CellParser
{
    private const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingSign;
    private const int DigitsMax = 400;
    private const int ShortDigitsMax = 15;

    private static readonly double[] PowersOfTen = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    private readonly NumberFormat _format;
    private readonly double _min;
    private readonly double _max;
    private readonly double[]? _oneOf;

    public FloatParser(ColumnContract column, NumberFormat format)
        : base(column)
    {
        _format = format;
        _min = column.Min is { } min ? Bound("min", min) : double.NegativeInfinity;
        _max = column.Max is { } max ? Bound("max", max) : double.PositiveInfinity;
        _oneOf = column.OneOf?.Select(v => Bound("one_of", v)).ToArray();
    }

    protected override string? Read(ReadOnlySpan<byte> text, ReadOnlySpan<byte> cell, CellForm form, CellValue to)
    {
        if (form is not (CellForm.Text or CellForm.Number))
        {
            return StagingRules.Type;
        }

        var rule = Nearest(text, form == CellForm.Number ? NumberFormat.Plain : _format, out var value);
        if (rule is not null)
        {
            return rule;
        }

        if (value < _min)
        {
            return StagingRules.Min;
        }

        if (value > _max)
        {
            return StagingRules.Max;
        }

        if (_oneOf is not null && !_oneOf.Contains(value))
        {
            return StagingRules.OneOf;
        }

        // A negative zero becomes a plain one: DuckDB's storage keeps its sign in some blocks and loses it in others.
        to.Set(value == 0 ? 0.0 : value);
        return null;
    }

    private static string? Nearest(ReadOnlySpan<byte> text, NumberFormat format, out double value)
    {
        value = 0;
        if (text.Length > DigitsMax)
        {
            return StagingRules.TooLong;
        }

        if (format == NumberFormat.Plain && TryShort(text, out value))
        {
            return null;
        }

        Span<byte> plain = stackalloc byte[DigitsMax];
        scoped var number = text;
        if (format != NumberFormat.Plain || text[0] > 0x7F)
        {
            // The exact reader checks the groups and may overflow on many digits, which a float may have.
            if (NumberText.Read(text, format, true, out _, out _) == StagingRules.Type)
            {
                return StagingRules.Type;
            }

            number = ToPlain(text, format, plain);
        }

        // NaN and Infinity are words that the framework would take.
        if (!char.IsAsciiDigit((char)number[number[0] == '-' && number.Length > 1 ? 1 : 0]) || !double.TryParse(number, Plain, CultureInfo.InvariantCulture, out value))
        {
            return StagingRules.Type;
        }

        return double.IsFinite(value) ? null : StagingRules.Overflow;
    }

    /// <summary>
    /// Coordinates and rates, without the cost of reading any number there is: up to 15 digits are exact as a double and so is the power of ten
    /// below them, and one division of two exact numbers gives the nearest. False: not of that kind, or no number.
    /// </summary>
    private static bool TryShort(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        var from = text[0] == '-' ? 1 : 0;
        if (text.Length - from is 0 or > ShortDigitsMax + 1 || !char.IsAsciiDigit((char)text[from]))
        {
            return false;
        }

        long digits = 0;
        var count = 0;
        var point = -1;
        for (var i = from; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit <= 9)
            {
                digits = (digits * 10) + digit;
                count++;
            }
            else if (text[i] == '.' && point < 0)
            {
                point = i;
            }
            else
            {
                return false;
            }
        }

        if (count > ShortDigitsMax || point == text.Length - 1)
        {
            return false;
        }

        value = digits / PowersOfTen[point < 0 ? 0 : text.Length - 1 - point];
        value = from == 1 ? -value : value;
        return true;
    }

    private static ReadOnlySpan<byte> ToPlain(ReadOnlySpan<byte> text, NumberFormat format, Span<byte> plain)
    {
        var i = 0;
        var length = 0;
        if (NumberText.TakeSign(text, ref i))
        {
            plain[length++] = (byte)'-';
        }

        foreach (var b in text[i..])
        {
            if (format == NumberFormat.Vi ? b == '.' : format == NumberFormat.En && b == ',')
            {
                continue;
            }

            plain[length++] = b == ',' ? (byte)'.' : b;
        }

        return plain[..length];
    }

    private double Bound(string field, string text)
        => Nearest(Encoding.UTF8.GetBytes(text), NumberFormat.Plain, out var value) is null ? value : throw Unusable(field, text);
}
