using System.Numerics;
using System.Runtime.InteropServices;

namespace OpenData.Warehouse.Scoring.Robustness;

/// <summary>Pure: values of one draw → places. A place is one more than the number of units that are better by more than the rest of binary fractions.</summary>
internal static class DrawRanks
{
    /// <summary>Values that differ by less are equal; sums of a few hundred fractions are off by a ten-thousandth of it.</summary>
    internal const double Same = 1e-12;

    /// <summary>Above this many units a sort is cheaper than comparing each with each; it was at 600 on the machine of <c>scoring-robustness</c>.</summary>
    private const int CountedMax = 600;

    /// <summary>Places of the first units of a draw's values.</summary>
    /// <param name="values">Values of units, filled up to whole vectors with values below all others.</param>
    /// <param name="ranks">One place for each value, the ones that fill up included.</param>
    /// <param name="units">Number of units.</param>
    internal static void Of(ReadOnlySpan<double> values, Span<int> ranks, int units)
    {
        if (units <= CountedMax)
        {
            Count(values, ranks);
        }
        else
        {
            Sort(values[..units], ranks);
        }
    }

    /// <summary>Compares each with each, four at a time: no branch, no move.</summary>
    internal static void Count(ReadOnlySpan<double> values, Span<int> ranks)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        for (var unit = 0; unit + 3 < values.Length; unit += 4)
        {
            Vector<double> t0 = new(values[unit] + Same), t1 = new(values[unit + 1] + Same), t2 = new(values[unit + 2] + Same), t3 = new(values[unit + 3] + Same);
            Vector<long> c0 = default, c1 = default, c2 = default, c3 = default;
            for (var other = 0; other < values.Length; other += Vector<double>.Count)
            {
                // A comparison that holds is −1 in its lane.
                var value = Vector.LoadUnsafe(ref first, (nuint)other);
                c0 -= Vector.GreaterThan(value, t0);
                c1 -= Vector.GreaterThan(value, t1);
                c2 -= Vector.GreaterThan(value, t2);
                c3 -= Vector.GreaterThan(value, t3);
            }

            (ranks[unit], ranks[unit + 1]) = (1 + (int)Vector.Sum(c0), 1 + (int)Vector.Sum(c1));
            (ranks[unit + 2], ranks[unit + 3]) = (1 + (int)Vector.Sum(c2), 1 + (int)Vector.Sum(c3));
        }
    }

    /// <summary>The same places by a sort.</summary>
    internal static void Sort(ReadOnlySpan<double> values, Span<int> ranks)
    {
        var sorted = values.ToArray();
        var units = new int[sorted.Length];
        for (var i = 0; i < units.Length; i++)
        {
            units[i] = i;
        }

        Array.Sort(sorted, units);
        var above = sorted.Length - 1;
        for (var i = sorted.Length - 1; i >= 0; i--)
        {
            // Values from `above` on downwards are not better by more than the rest.
            while (sorted[above] > sorted[i] + Same)
            {
                above--;
            }

            ranks[units[i]] = sorted.Length - above;
        }
    }
}
