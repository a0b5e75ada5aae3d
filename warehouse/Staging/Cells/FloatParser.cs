using System.Globalization;
using System.Text;
using OpenData.Catalogs;

namespace OpenData.Warehouse.Staging;

/// <summary>64-bit binary floating point: the nearest value to the text. NaN and infinities are refused.</summary>
internal sealed class FloatParser : CellParser
{
    private const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingSign;
    private const int DigitsMax = 400;

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
