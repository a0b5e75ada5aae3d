using System.Buffers.Binary;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Publishing;

/// <summary>Pure: the bounding box of a two-dimensional WKB geometry, in its own units (degrees).</summary>
/// <param name="XMin">Least x (longitude).</param>
/// <param name="YMin">Least y (latitude).</param>
/// <param name="XMax">Greatest x.</param>
/// <param name="YMax">Greatest y.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct WkbBounds(double XMin, double YMin, double XMax, double YMax)
{
    private const int DepthMax = 4;

    /// <summary>The box; null for an empty geometry.</summary>
    /// <exception cref="OpenDataException">OD2306: the bytes are no such WKB.</exception>
    public static WkbBounds? Of(ReadOnlySpan<byte> wkb)
    {
        var box = new WkbBounds(double.PositiveInfinity, double.PositiveInfinity, double.NegativeInfinity, double.NegativeInfinity);
        Geometry(ref wkb, ref box, 0);
        return box.XMin <= box.XMax ? box : null;
    }

    private static void Geometry(ref ReadOnlySpan<byte> rest, ref WkbBounds box, int depth)
    {
        var order = Take(ref rest, 1)[0];
        if (depth > DepthMax || order > 1)
        {
            throw Broken();
        }

        var isLittle = order == 1;
        switch (UInt32(ref rest, isLittle))
        {
            case 1:
                Points(ref rest, ref box, isLittle, 1);
                break;
            case 2:
                Points(ref rest, ref box, isLittle, Count(ref rest, isLittle));
                break;
            case 3:
                for (var rings = Count(ref rest, isLittle); rings > 0; rings--)
                {
                    Points(ref rest, ref box, isLittle, Count(ref rest, isLittle));
                }

                break;
            case >= 4 and <= 7:
                for (var parts = Count(ref rest, isLittle); parts > 0; parts--)
                {
                    Geometry(ref rest, ref box, depth + 1);
                }

                break;
            default:
                throw Broken();
        }
    }

    private static void Points(ref ReadOnlySpan<byte> rest, ref WkbBounds box, bool isLittle, int count)
    {
        for (; count > 0; count--)
        {
            var x = Double(ref rest, isLittle);
            var y = Double(ref rest, isLittle);

            // An empty point is written as not-a-number.
            if (!double.IsNaN(x) && !double.IsNaN(y))
            {
                box = new WkbBounds(Math.Min(box.XMin, x), Math.Min(box.YMin, y), Math.Max(box.XMax, x), Math.Max(box.YMax, y));
            }
        }
    }

    private static double Double(ref ReadOnlySpan<byte> rest, bool isLittle)
    {
        var bytes = Take(ref rest, 8);
        return isLittle ? BinaryPrimitives.ReadDoubleLittleEndian(bytes) : BinaryPrimitives.ReadDoubleBigEndian(bytes);
    }

    private static int Count(ref ReadOnlySpan<byte> rest, bool isLittle)
    {
        var count = UInt32(ref rest, isLittle);
        return count <= (uint)(rest.Length / 4) ? (int)count : throw Broken();
    }

    private static uint UInt32(ref ReadOnlySpan<byte> rest, bool isLittle)
    {
        var bytes = Take(ref rest, 4);
        return isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, int count)
    {
        if (rest.Length < count)
        {
            throw Broken();
        }

        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }

    private static OpenDataException Broken() => new(PublishingErrors.ReadBackDiffers, new LocalText(
        "Một giá trị hình học không phải WKB hai chiều hợp lệ.", "A geometry is not valid two-dimensional WKB."));
}
