using System.Globalization;
using System.Text;

namespace OpenData.Warehouse.Staging;

/// <summary>Reads two-dimensional WKT into WKB, as our own CSV exports write it. Rings must close.</summary>
internal static class WktGeometry
{
    private const int DepthMax = 4;

    private static readonly string[] Names =
        ["", "POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION"];

    /// <summary>Null when read, else the rule that refuses it.</summary>
    public static string? Read(ReadOnlySpan<byte> text, WkbBuilder to)
    {
        to.Reset();
        var rule = Geometry(ref text, to, 0);
        return rule ?? (Peek(ref text) == 0 ? null : StagingRules.Type);
    }

    private static string? Geometry(ref ReadOnlySpan<byte> text, WkbBuilder to, int depth)
    {
        Peek(ref text);
        var length = 0;
        while (length < text.Length && char.IsAsciiLetter((char)text[length]))
        {
            length++;
        }

        var type = length == 0 ? -1 : Array.IndexOf(Names, Encoding.ASCII.GetString(text[..length]).ToUpperInvariant());
        text = text[length..];
        if (type < 1 || depth > DepthMax)
        {
            return StagingRules.Type;
        }

        to.Header(type);
        return Body(ref text, to, type, depth);
    }

    private static string? Body(ref ReadOnlySpan<byte> text, WkbBuilder to, int type, int depth)
    {
        if (type == 1)
        {
            if (!Take(ref text, '('))
            {
                return StagingRules.Type;
            }

            return Position(ref text, to) ?? (Take(ref text, ')') ? null : StagingRules.Type);
        }

        return List(ref text, to, type, depth);
    }

    private static string? List(ref ReadOnlySpan<byte> text, WkbBuilder to, int type, int depth)
    {
        if (!Take(ref text, '('))
        {
            return StagingRules.Type;
        }

        var at = to.Count();
        var first = to.Length;
        var count = 0;
        do
        {
            var rule = Element(ref text, to, type, depth);
            if (rule is not null)
            {
                return rule;
            }

            count++;
        }
        while (Take(ref text, ','));

        to.SetCount(at, count);
        if (!Take(ref text, ')'))
        {
            return StagingRules.Type;
        }

        const int Ring = 0;
        return type switch
        {
            Ring => count < 4 || !to.ClosesAt(first) ? StagingRules.Type : null,
            2 => count < 2 ? StagingRules.Type : null,
            _ => null,
        };
    }

    private static string? Element(ref ReadOnlySpan<byte> text, WkbBuilder to, int type, int depth)
    {
        switch (type)
        {
            case 0 or 2:
                return Position(ref text, to);
            case 3:
                return List(ref text, to, 0, depth);
            case 4:
                to.Header(1);

                // MULTIPOINT (1 2, 3 4) and MULTIPOINT ((1 2), (3 4)) are both about.
                if (Peek(ref text) != '(')
                {
                    return Position(ref text, to);
                }

                return Body(ref text, to, 1, depth);
            case 5 or 6:
                to.Header(type - 3);
                return List(ref text, to, type - 3, depth);
            default:
                return Geometry(ref text, to, depth + 1);
        }
    }

    private static string? Position(ref ReadOnlySpan<byte> text, WkbBuilder to)
    {
        if (!Number(ref text, out var x) || !Number(ref text, out var y))
        {
            return StagingRules.Type;
        }

        return to.Position(x, y);
    }

    private static bool Number(ref ReadOnlySpan<byte> text, out double value)
    {
        Peek(ref text);
        var length = 0;
        while (length < text.Length && (char.IsAsciiDigit((char)text[length]) || text[length] is (byte)'.' or (byte)'-' or (byte)'+'
            or (byte)'e' or (byte)'E'))
        {
            length++;
        }

        var read = double.TryParse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        text = text[length..];
        return read && double.IsFinite(value);
    }

    private static int Peek(ref ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t\r\n"u8);
        return text.IsEmpty ? 0 : text[0];
    }

    private static bool Take(ref ReadOnlySpan<byte> text, char c)
    {
        if (Peek(ref text) != c)
        {
            return false;
        }

        text = text[1..];
        return true;
    }
}
