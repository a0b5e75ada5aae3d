using System.Buffers.Binary;

namespace OpenData.Warehouse.Staging;

/// <summary>Writes little-endian two-dimensional WKB. Counts are filled in afterwards.</summary>
internal sealed class WkbBuilder
{
    // No degree is as large; no place of Vietnam has so small a northing.
    private const double MetresFrom = 1000;

    private byte[] _bytes = new byte[256];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>The type of the outermost geometry, 1 (point) to 7 (collection).</summary>
    public int Kind { get; private set; }

    public void Reset()
    {
        Length = 0;
        Kind = 0;
    }

    public void Header(int type)
    {
        if (Length == 0)
        {
            Kind = type;
        }

        Space(1)[0] = 1;
        BinaryPrimitives.WriteUInt32LittleEndian(Space(4), (uint)type);
    }

    /// <summary>A place for a count; give it to <see cref="SetCount"/>.</summary>
    public int Count()
    {
        var at = Length;
        Space(4);
        return at;
    }

    public void SetCount(int at, int count) => BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(at), (uint)count);

    /// <summary>A position; the rule that refuses one outside longitude ±180 or latitude ±90, by what seems to be the matter with it.</summary>
    public string? Position(double x, double y)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(Space(8), x);
        BinaryPrimitives.WriteDoubleLittleEndian(Space(8), y);
        return (x, y) switch
        {
            ( >= -180 and <= 180, >= -90 and <= 90) => null,

            // Latitude and longitude of Vietnam with its islands, the wrong way round.
            ( >= 6 and <= 24, >= 102 and <= 118) => StagingRules.AxisOrder,
            _ => Math.Abs(x) >= MetresFrom || Math.Abs(y) >= MetresFrom ? StagingRules.Projected : StagingRules.Coordinates,
        };
    }

    /// <summary>True when the position at the first offset equals the last one written.</summary>
    public bool ClosesAt(int first) => _bytes.AsSpan(first, 16).SequenceEqual(_bytes.AsSpan(Length - 16, 16));

    private Span<byte> Space(int length)
    {
        if (Length + length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + length));
        }

        var space = _bytes.AsSpan(Length, length);
        Length += length;
        return space;
    }
}
