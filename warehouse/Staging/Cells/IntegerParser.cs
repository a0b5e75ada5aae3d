using OpenData.Catalogs;

namespace OpenData.Warehouse.Staging;

/// <summary>64-bit whole numbers. A fraction is refused unless it is all zeros; more than 64 bits is <c>overflow</c>.</summary>
internal sealed class IntegerParser : LongParser
{
    private readonly NumberFormat _format;

    public IntegerParser(ColumnContract column, NumberFormat format)
        : base(column)
    {
        _format = format;
        ReadBounds();
    }

    protected override string? ReadLong(ReadOnlySpan<byte> text, CellForm form, out long value) => form switch
    {
        CellForm.Text => Whole(text, _format, exponent: false, out value),
        CellForm.Number => Whole(text, NumberFormat.Plain, exponent: true, out value),
        _ => Refuse(out value),
    };

    protected override string? ReadBound(ReadOnlySpan<byte> text, out long value)
        => Whole(text, NumberFormat.Plain, exponent: false, out value);

    private static string? Refuse(out long value)
    {
        value = 0;
        return StagingRules.Type;
    }

    private static string? Whole(ReadOnlySpan<byte> text, NumberFormat format, bool exponent, out long value)
    {
        // Short plain digits, the usual case, without the general reader.
        if (text.Length is > 0 and <= 18 && TryDigits(text, out value))
        {
            return null;
        }

        value = 0;
        if (NumberText.Read(text, format, exponent, out var unscaled, out var scale) is { } rule)
        {
            return rule;
        }

        if (scale != 0)
        {
            return StagingRules.Type;
        }

        if (unscaled < long.MinValue || unscaled > long.MaxValue)
        {
            return StagingRules.Overflow;
        }

        value = (long)unscaled;
        return null;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        foreach (var b in text)
        {
            var digit = (uint)(b - '0');
            if (digit > 9)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        return true;
    }
}
