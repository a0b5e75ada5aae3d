using System.Globalization;
using System.Numerics;

namespace OpenData.Warehouse.Tests.Query.Evaluator;

/// <summary>An exact number with the rules of <c>docs/odata.md</c>: whole numbers have 64 bits, decimals 38 digits, the rest is overflow.</summary>
/// <param name="Unscaled">All digits.</param>
/// <param name="Scale">How many of them stand behind the point.</param>
/// <param name="IsWhole">True for a 64-bit whole number.</param>
internal readonly record struct Number(BigInteger Unscaled, int Scale, bool IsWhole)
{
    private const int QuotientScale = 12;

    private static readonly BigInteger Bound = BigInteger.Pow(10, 38);

    public static Number Whole(BigInteger value) => new Number(value, 0, true).Checked();

    public static Number Exact(BigInteger unscaled, int scale) => new Number(unscaled, scale, false).Checked();

    /// <summary>As a literal has it: a point makes a decimal, zeros at its end do not count, and so does a whole number beyond 64 bits.</summary>
    public static Number Literal(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var trimmed = point < 0 ? text : text.TrimEnd('0').TrimEnd('.');
        point = trimmed.IndexOf('.', StringComparison.Ordinal);
        var scale = point < 0 ? 0 : trimmed.Length - point - 1;
        var unscaled = BigInteger.Parse(trimmed.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        return new Number(unscaled, scale, scale == 0 && unscaled >= long.MinValue && unscaled <= long.MaxValue);
    }

    public static Number Sum(Number a, Number b) => Aligned(a, b, (x, y) => x + y);

    public static Number Difference(Number a, Number b) => Aligned(a, b, (x, y) => x - y);

    public static Number Product(Number a, Number b) => new Number(a.Unscaled * b.Unscaled, a.Scale + b.Scale, a.IsWhole && b.IsWhole).Checked();

    public static Number? Remainder(Number a, Number b) => b.Unscaled.IsZero ? null : Aligned(a, b, BigInteger.Remainder);

    /// <summary><c>div</c> of two whole numbers.</summary>
    public static Number? WholeQuotient(Number a, Number b) => b.Unscaled.IsZero ? null : Whole(BigInteger.Divide(a.Unscaled, b.Unscaled));

    /// <summary><c>divby</c>, and <c>div</c> where one side is a decimal: twelve digits after the point, halves away from zero.</summary>
    public static Number? Quotient(Number a, Number b)
        => b.Unscaled.IsZero
            ? null
            : Exact(Divided(a.Unscaled * BigInteger.Pow(10, QuotientScale + b.Scale), b.Unscaled * BigInteger.Pow(10, a.Scale)), QuotientScale);

    public Number Negated() => (this with { Unscaled = -Unscaled }).Checked();

    public Number Rounded() => IsWhole ? this : Exact(Divided(Unscaled, BigInteger.Pow(10, Scale)), 0);

    public Number Floor() => IsWhole ? this : Exact(Floor(Unscaled, BigInteger.Pow(10, Scale)), 0);

    public Number Ceiling() => IsWhole ? this : Exact(-Floor(-Unscaled, BigInteger.Pow(10, Scale)), 0);

    /// <summary>The same number as the decimal that a choice of decimals gives.</summary>
    public Number AtScale(int scale) => Exact(Unscaled * BigInteger.Pow(10, scale - Scale), scale);

    public int Against(Number other)
    {
        var scale = Math.Max(Scale, other.Scale);
        return (Unscaled * BigInteger.Pow(10, scale - Scale)).CompareTo(other.Unscaled * BigInteger.Pow(10, scale - other.Scale));
    }

    /// <summary>The nearest double.</summary>
    public double ToDouble() => double.Parse(ToString(), CultureInfo.InvariantCulture);

    /// <summary>Plain digits without zeros at the end of the fraction, so that equal numbers read the same.</summary>
    public override string ToString()
    {
        var digits = BigInteger.Abs(Unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(Scale + 1, '0');
        var text = Scale == 0 ? digits : $"{digits[..^Scale]}.{digits[^Scale..]}".TrimEnd('0').TrimEnd('.');
        return Unscaled.Sign < 0 ? "-" + text : text;
    }

    /// <summary>A quotient without remainder, halves away from zero.</summary>
    internal static BigInteger Divided(BigInteger a, BigInteger b)
    {
        var magnitude = ((2 * BigInteger.Abs(a)) + BigInteger.Abs(b)) / (2 * BigInteger.Abs(b));
        return a.Sign * b.Sign < 0 ? -magnitude : magnitude;
    }

    private static BigInteger Floor(BigInteger a, BigInteger b) => (a - (((a % b) + b) % b)) / b;

    // Both sides are brought to one scale first, and must have room there.
    private static Number Aligned(Number a, Number b, Func<BigInteger, BigInteger, BigInteger> of)
    {
        if (a.IsWhole && b.IsWhole)
        {
            return Whole(of(a.Unscaled, b.Unscaled));
        }

        var scale = Math.Max(a.Scale, b.Scale);
        return Exact(of(a.AtScale(scale).Unscaled, b.AtScale(scale).Unscaled), scale);
    }

    private Number Checked()
        => (IsWhole ? Unscaled >= long.MinValue && Unscaled <= long.MaxValue : BigInteger.Abs(Unscaled) < Bound)
            ? this
            : throw new OverflowException();
}
