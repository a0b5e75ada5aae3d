using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OpenData.Catalogs.Frameworks;

namespace OpenData.Warehouse.Scoring.Robustness;

/// <summary>
/// Points and maxima of one league as numbers that a draw only multiplies and adds: a row for each unit, and a row for each different set of maxima, since
/// units to which the same components apply have the same denominator. Rows lie side by side in tiles of two vectors, column after column, so that the
/// sums of a tile stay in registers (benchmark <c>scoring-robustness</c>).
/// </summary>
internal sealed class WeightedShares
{
    /// <summary>Draws that are computed together.</summary>
    internal const int BlockDraws = 64;

    private static readonly int TileRows = 2 * Vector<double>.Count;

    private readonly double[] _tiles;
    private readonly int[] _denominators;
    private readonly int _decimals;

    private WeightedShares(double[] tiles, int columns, int units, int[] denominators, int decimals)
        => (_tiles, Columns, Units, _denominators, _decimals) = (tiles, columns, units, denominators, decimals);

    /// <summary>Number of weights.</summary>
    internal int Columns { get; }

    /// <summary>Number of units.</summary>
    internal int Units { get; }

    /// <summary>Length of one draw's values: units first, filled up to whole tiles, then denominators.</summary>
    internal int Stride => _tiles.Length / Columns;

    /// <summary>Length of the part of a draw's values that holds units, filled up to whole tiles.</summary>
    internal int UnitRows => Filled(Units);

    internal static WeightedShares Of(Framework framework, IReadOnlyList<UnitScore> league, VariedWeights weights)
    {
        var columns = ColumnsOf(framework, weights);
        var count = Math.Max(1, columns.DefaultIfEmpty(-1).Max() + 1);
        var denominators = new List<double[]>();
        var denominatorOf = new int[league.Count];
        var points = new double[league.Count][];
        for (var unit = 0; unit < league.Count; unit++)
        {
            points[unit] = Row(league[unit], columns, count, c => c.Points);
            var maxima = Row(league[unit], columns, count, c => c.Maximum);
            var known = denominators.FindIndex(d => d.AsSpan().SequenceEqual(maxima));
            if (known < 0)
            {
                known = denominators.Count;
                denominators.Add(maxima);
            }

            denominatorOf[unit] = Filled(league.Count) + known;
        }

        var tiles = new double[count * (Filled(league.Count) + Filled(denominators.Count))];
        Place(tiles, points, 0, count);
        Place(tiles, denominators, Filled(league.Count), count);
        return new WeightedShares(tiles, count, league.Count, denominatorOf, framework.RankBy == RankBasis.Published ? framework.Decimals : -1);
    }

    /// <summary>Values of all units in a block of draws; places beyond the last unit are below every value.</summary>
    /// <param name="factors">Factors, column after column, <see cref="BlockDraws"/> of each.</param>
    /// <param name="values">Draw after draw, <see cref="Stride"/> of each.</param>
    internal void Compute(ReadOnlySpan<double> factors, Span<double> values)
    {
        MultiplyAdd(factors, values);
        for (var draw = 0; draw < BlockDraws; draw++)
        {
            var row = values.Slice(draw * Stride, Stride);
            for (var unit = 0; unit < Units; unit++)
            {
                var maximum = row[_denominators[unit]];
                row[unit] = maximum > 0 ? AsCompared(row[unit] / maximum) : 0;
            }

            row[Units..UnitRows].Fill(double.NegativeInfinity);
        }
    }

    /// <summary>The sums alone; four draws of a tile at a time, each lane one unit, so that the width of vectors does not change a digit.</summary>
    internal void MultiplyAdd(ReadOnlySpan<double> factors, Span<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factors.Length, Columns * BlockDraws);
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Length, Stride * BlockDraws);
        ref var factor = ref MemoryMarshal.GetReference(factors);
        ref var value = ref MemoryMarshal.GetReference(values);
        for (var tile = 0; tile < Stride / TileRows; tile++)
        {
            ref var shares = ref _tiles[tile * Columns * TileRows];
            for (var draw = 0; draw < BlockDraws; draw += 4)
            {
                MultiplyAdd(ref shares, ref Unsafe.Add(ref factor, draw), ref Unsafe.Add(ref value, (draw * Stride) + (tile * TileRows)));
            }
        }
    }

    private void MultiplyAdd(ref double shares, ref double factors, ref double values)
    {
        Vector<double> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        for (var column = 0; column < Columns; column++)
        {
            var a = Vector.LoadUnsafe(ref shares);
            var b = Vector.LoadUnsafe(ref shares, (nuint)Vector<double>.Count);
            var factor = new Vector<double>(factors);
            (a0, b0) = (Vector.FusedMultiplyAdd(a, factor, a0), Vector.FusedMultiplyAdd(b, factor, b0));
            factor = new Vector<double>(Unsafe.Add(ref factors, 1));
            (a1, b1) = (Vector.FusedMultiplyAdd(a, factor, a1), Vector.FusedMultiplyAdd(b, factor, b1));
            factor = new Vector<double>(Unsafe.Add(ref factors, 2));
            (a2, b2) = (Vector.FusedMultiplyAdd(a, factor, a2), Vector.FusedMultiplyAdd(b, factor, b2));
            factor = new Vector<double>(Unsafe.Add(ref factors, 3));
            (a3, b3) = (Vector.FusedMultiplyAdd(a, factor, a3), Vector.FusedMultiplyAdd(b, factor, b3));
            shares = ref Unsafe.Add(ref shares, TileRows);
            factors = ref Unsafe.Add(ref factors, BlockDraws);
        }

        Store(a0, b0, ref values);
        Store(a1, b1, ref Unsafe.Add(ref values, Stride));
        Store(a2, b2, ref Unsafe.Add(ref values, 2 * Stride));
        Store(a3, b3, ref Unsafe.Add(ref values, 3 * Stride));
    }

    private static void Store(Vector<double> a, Vector<double> b, ref double values)
    {
        a.StoreUnsafe(ref values);
        b.StoreUnsafe(ref values, (nuint)Vector<double>.Count);
    }

    /// <summary>The value as ranks compare it. A published value is rounded half up; the nudge takes a half that binary fractions miss by a hair as the half that it is.</summary>
    private double AsCompared(double value)
    {
        if (_decimals < 0)
        {
            return value;
        }

        var scale = Math.Pow(10, _decimals);
        return Math.Floor((value * scale) + 0.5 + 1e-8) / scale;
    }

    /// <summary>For each component in the framework's order the column that its weight is; −1 for those that are only monitored.</summary>
    private static List<int> ColumnsOf(Framework framework, VariedWeights weights)
    {
        var columns = new List<int>();
        var next = 0;
        foreach (var index in framework.MainIndices)
        {
            columns.AddRange(index.Components.Select((_, i) => index.IsMonitored ? -1 : weights == VariedWeights.MainIndex ? next : next + i));
            next += index.IsMonitored ? 0 : weights == VariedWeights.MainIndex ? 1 : index.Components.Count;
        }

        return columns;
    }

    private static double[] Row(UnitScore score, List<int> columns, int count, Func<ComponentScore, decimal> part)
    {
        var sums = new decimal[count];
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i] >= 0)
            {
                sums[columns[i]] += part(score.Components[i]);
            }
        }

        return Array.ConvertAll(sums, s => score.Total.Maximum == 0 ? 0 : (double)(s / score.Total.Maximum));
    }

    private static void Place(double[] tiles, IReadOnlyList<double[]> rows, int firstRow, int columns)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            var (tile, lane) = Math.DivRem(firstRow + i, TileRows);
            for (var column = 0; column < columns; column++)
            {
                tiles[(((tile * columns) + column) * TileRows) + lane] = rows[i][column];
            }
        }
    }

    private static int Filled(int rows) => (rows + TileRows - 1) / TileRows * TileRows;
}
