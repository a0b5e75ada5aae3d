namespace OpenData.Warehouse.Staging;

/// <summary>Exact reading of numbers: digits to a 128-bit whole number and a scale, never through binary floating point.</summary>
internal static class NumberText
{
    private const long LongSafe = 1_000_000_000_000_000_000;

    private static readonly Int128[] Tens = MakeTens();

    /// <summary>Ten to that power, 0 to 38.</summary>
    public static Int128 Ten(int power) => Tens[power];

    /// <summary>
    /// Reads a number as <paramref name="unscaled"/> · 10^-<paramref name="scale"/>. Zeros at the end of the fraction are not counted.
    /// </summary>
    /// <returns>Null, or the rule that refuses it: <c>type</c> or <c>overflow</c>.</returns>
    public static string? Read(ReadOnlySpan<byte> text, NumberFormat format, bool exponent, out Int128 unscaled, out int scale)
    {
        unscaled = 0;
        scale = 0;
        var i = 0;
        var negative = TakeSign(text, ref i);
        var (group, point) = format switch
        {
            NumberFormat.Vi => ((byte)'.', (byte)','),
            NumberFormat.En => ((byte)',', (byte)'.'),
            _ => ((byte)0, (byte)'.'),
        };

        // Up to 18 digits stay in a long: most numbers never touch 128-bit arithmetic.
        ulong low = 0;
        UInt128 wide = 0;
        var significant = 0;
        var start = i;
        var groupStart = -1;
        for (; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit <= 9)
            {
                if (!Push(digit, ref low, ref wide, ref significant))
                {
                    return StagingRules.Overflow;
                }
            }
            else if (group != 0 && text[i] == group)
            {
                // The first group has 1 to 3 digits, every later one exactly 3.
                var length = i - (groupStart < 0 ? start : groupStart);
                if (groupStart < 0 ? length is < 1 or > 3 : length != 3)
                {
                    return StagingRules.Type;
                }

                groupStart = i + 1;
            }
            else
            {
                break;
            }
        }

        if (i == start || (groupStart >= 0 && i - groupStart != 3))
        {
            return StagingRules.Type;
        }

        if (i < text.Length && text[i] == point)
        {
            var fraction = ++i;
            var zeros = 0;
            for (; i < text.Length && (uint)(text[i] - '0') <= 9; i++)
            {
                var digit = (uint)(text[i] - '0');
                if (digit == 0)
                {
                    zeros++;
                    continue;
                }

                scale += zeros + 1;
                for (; zeros > 0; zeros--)
                {
                    if (!Push(0, ref low, ref wide, ref significant))
                    {
                        return StagingRules.Overflow;
                    }
                }

                if (!Push(digit, ref low, ref wide, ref significant))
                {
                    return StagingRules.Overflow;
                }
            }

            if (i == fraction)
            {
                return StagingRules.Type;
            }
        }

        unscaled = significant <= 18 ? (Int128)low : (Int128)wide;
        if (negative)
        {
            unscaled = -unscaled;
        }

        if (i == text.Length)
        {
            return null;
        }

        return exponent ? ApplyExponent(text[i..], ref unscaled, ref scale) : StagingRules.Type;
    }

    /// <summary>The number with exactly that scale: null, or <c>scale</c> when digits would be lost, or <c>overflow</c>.</summary>
    public static string? Rescale(Int128 unscaled, int scale, int targetScale, int precision, out Int128 value)
    {
        value = unscaled;
        if (scale > targetScale)
        {
            return StagingRules.Scale;
        }

        var steps = targetScale - scale;
        if (steps <= 18 && unscaled >= -LongSafe && unscaled <= LongSafe && Math.BigMul((long)unscaled, (long)Tens[steps], out var low) == low >> 63)
        {
            // Amounts of money end here; dividing 128-bit numbers costs more than reading the cell.
            value = low;
        }
        else if (unscaled != 0)
        {
            if (steps > 38 || Int128.Abs(unscaled) > (Tens[38] - 1) / Tens[steps])
            {
                return StagingRules.Overflow;
            }

            value = unscaled * Tens[steps];
        }

        return Int128.Abs(value) >= Tens[precision] ? StagingRules.Overflow : null;
    }

    /// <summary>Passes a sign: minus, or the typographic minus U+2212.</summary>
    public static bool TakeSign(ReadOnlySpan<byte> text, ref int i)
    {
        if (i < text.Length && text[i] == '-')
        {
            i++;
            return true;
        }

        if (text[i..].StartsWith("\u2212"u8))
        {
            i += 3;
            return true;
        }

        return false;
    }

    private static bool Push(uint digit, ref ulong low, ref UInt128 wide, ref int significant)
    {
        if (significant == 0 && digit == 0)
        {
            return true;
        }

        significant++;
        if (significant <= 18)
        {
            low = (low * 10) + digit;
            return true;
        }

        if (significant == 19)
        {
            wide = low;
        }

        wide = (wide * 10) + digit;
        return significant <= 38;
    }

    private static string? ApplyExponent(ReadOnlySpan<byte> text, ref Int128 unscaled, ref int scale)
    {
        if (text[0] is not ((byte)'e' or (byte)'E') || text.Length < 2)
        {
            return StagingRules.Type;
        }

        var i = 1;
        var negative = text[i] == '-';
        if (text[i] is (byte)'-' or (byte)'+')
        {
            i++;
        }

        var exponent = 0;
        var start = i;
        for (; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit > 9)
            {
                return StagingRules.Type;
            }

            exponent = Math.Min(100_000, (exponent * 10) + (int)digit);
        }

        if (i == start)
        {
            return StagingRules.Type;
        }

        if (unscaled == 0)
        {
            scale = 0;
            return null;
        }

        scale -= negative ? -exponent : exponent;
        while (scale < 0)
        {
            if (Int128.Abs(unscaled) >= Tens[37])
            {
                return StagingRules.Overflow;
            }

            unscaled *= 10;
            scale++;
        }

        while (scale > 0 && unscaled % 10 == 0)
        {
            unscaled /= 10;
            scale--;
        }

        return null;
    }

    private static Int128[] MakeTens()
    {
        var tens = new Int128[39];
        tens[0] = 1;
        for (var i = 1; i < tens.Length; i++)
        {
            tens[i] = tens[i - 1] * 10;
        }

        return tens;
    }
}
