namespace OpenData.SampleAgencies;

/// <summary>
/// Numbers that depend on seed, stream and index only (SplitMix64), so that any record can be made without the ones before it.
/// Mutable: each throw moves it on.
/// </summary>
internal sealed class Dice
{
    private ulong _state;

    private Dice(ulong state) => _state = state;

    /// <summary>Dice for one record of one stream.</summary>
    public static Dice For(long seed, string stream, long index)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in stream)
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        var dice = new Dice(hash ^ ((ulong)seed * 0x9E3779B97F4A7C15UL) ^ ((ulong)index * 0xD1B54A32D192ED03UL));
        dice.Next();
        return dice;
    }

    /// <summary>A whole number from 0 to <paramref name="limit"/> less one.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>A whole number, both ends included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>True in that many of a hundred throws.</summary>
    public bool Percent(int share) => Below(100) < share;

    /// <summary>A number from 0 to below 1.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>One of the list.</summary>
    public T Pick<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
