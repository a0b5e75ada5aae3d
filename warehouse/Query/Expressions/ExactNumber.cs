using System.Globalization;
using System.Numerics;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>A decimal literal without any rounding: <c>Unscaled × 10^−Scale</c>, at most 38 digits, no trailing zeros after the point.</summary>
/// <param name="Unscaled">All digits as one whole number.</param>
/// <param name="Scale">Digits after the point, 0 to 38.</param>
public readonly record struct ExactNumber(BigInteger Unscaled, int Scale)
{
    /// <summary>Most digits that the engine's decimals hold.</summary>
    public const int DigitsMax = 38;

    /// <summary>Digits that a decimal type needs to hold the number; at least the scale and at least 1.</summary>
    public int Precision => Math.Max(Math.Max(1, Scale), Digits(BigInteger.Abs(Unscaled)));

    /// <summary>The number with the opposite sign.</summary>
    public ExactNumber Negated => this with { Unscaled = -Unscaled };

    /// <summary>The nearest double.</summary>
    public double ToDouble() => double.Parse(ToString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>Plain digits with a point where there is a fraction; invariant.</summary>
    public override string ToString()
    {
        var digits = BigInteger.Abs(Unscaled).ToString(CultureInfo.InvariantCulture);
        if (Scale > 0)
        {
            digits = digits.PadLeft(Scale + 1, '0');
            digits = string.Concat(digits.AsSpan(0, digits.Length - Scale), ".", digits.AsSpan(digits.Length - Scale));
        }

        return Unscaled.Sign < 0 ? "-" + digits : digits;
    }

    /// <summary>The number of a literal such as <c>12.50</c> or <c>1e3</c>; null when it needs more than 38 digits.</summary>
    /// <param name="digits">Digits with at most one point, no sign.</param>
    /// <param name="exponent">Power of ten, −9999 to 9999.</param>
    internal static ExactNumber? Of(ReadOnlySpan<char> digits, int exponent)
    {
        var point = digits.IndexOf('.');
        var scale = point < 0 ? 0 : digits.Length - point - 1;
        var unscaled = point < 0
            ? BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture)
            : BigInteger.Parse(string.Concat(digits[..point], digits[(point + 1)..]), NumberStyles.None, CultureInfo.InvariantCulture);
        if (unscaled.IsZero)
        {
            return new ExactNumber(BigInteger.Zero, 0);
        }

        scale -= exponent;
        while (scale > 0)
        {
            var (quotient, remainder) = BigInteger.DivRem(unscaled, 10);
            if (!remainder.IsZero)
            {
                break;
            }

            unscaled = quotient;
            scale--;
        }

        if (scale < 0)
        {
            if (-scale > DigitsMax)
            {
                return null;
            }

            unscaled *= BigInteger.Pow(10, -scale);
            scale = 0;
        }

        var number = new ExactNumber(unscaled, scale);
        return scale <= DigitsMax && number.Precision <= DigitsMax ? number : null;
    }

    private static int Digits(BigInteger positive)
        => positive.IsZero ? 1 : positive.ToString(CultureInfo.InvariantCulture).Length;
}
