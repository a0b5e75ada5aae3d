namespace OpenData.Warehouse.Scoring.Robustness;

/// <summary>
/// Factors of one draw. Each draw begins its own row of numbers from seed and draw alone, so it does not matter which thread makes it, or when.
/// The generator is SplitMix64 (Steele, Lea and Flood 2014), written out because the runtime's own may change between versions.
/// </summary>
internal struct WeightFactors(ulong seed, int draw)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state = Mixed(Mixed(seed + Step) ^ ((ulong)draw * 0xD1B54A32D192ED03));

    /// <summary>The next factor, from 1 − spread to 1 + spread.</summary>
    internal double Next(double spread)
    {
        _state += Step;

        // The 53 upper bits are a number from 0 to 1, without 1.
        return 1 + (spread * (((Mixed(_state) >> 11) * (2.0 / (1UL << 53))) - 1));
    }

    private static ulong Mixed(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
