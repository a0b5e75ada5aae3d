using System.Globalization;
using System.Runtime.InteropServices;

namespace OpenData.Warehouse.Query;

/// <summary>An exact number: <c>Unscaled / 10^Scale</c>, up to 38 digits. Wider than <see cref="decimal"/>.</summary>
/// <param name="Unscaled">All digits as a whole number.</param>
/// <param name="Scale">Digits after the point, 0 to 38.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DecimalValue(Int128 Unscaled, int Scale)
{
    /// <summary>How many digits the unscaled number has; at least 1.</summary>
    public int Digits
    {
        get
        {
            var rest = UInt128.CreateTruncating(Unscaled < 0 ? -Unscaled : Unscaled);
            var digits = 1;
            for (; rest >= 10; rest /= 10)
            {
                digits++;
            }

            return digits;
        }
    }

    /// <summary>The same number, scale kept: 1.50 stays 1.50.</summary>
    public static DecimalValue From(decimal number)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(number, parts);
        var magnitude = new Int128((uint)parts[2], ((ulong)(uint)parts[1] << 32) | (uint)parts[0]);
        return new DecimalValue(parts[3] < 0 ? -magnitude : magnitude, number.Scale);
    }

    /// <summary>Plain digits with a point, never an exponent, the same in every culture: <c>-0.05</c>.</summary>
    public override string ToString()
    {
        var digits = UInt128.CreateTruncating(Unscaled < 0 ? -Unscaled : Unscaled)
            .ToString(CultureInfo.InvariantCulture).PadLeft(Scale + 1, '0');
        var sign = Unscaled < 0 ? "-" : "";
        return Scale == 0 ? sign + digits : $"{sign}{digits.AsSpan(0, digits.Length - Scale)}.{digits.AsSpan(digits.Length - Scale)}";
    }
}
