using System.Globalization;

namespace OpenData.SampleAgencies;

/// <summary>What all systems share: seed, as-of moment, words and real communes. Immutable.</summary>
internal sealed class World
{
    /// <summary>The province that the systems belong to: Thái Nguyên since 1 July 2025.</summary>
    public const string ProvinceCode = "19";

    private readonly int[] _weightSums;

    public World(long seed)
    {
        Seed = seed;
        Words = Vocabulary.Read();
        Communes = Commune.OfProvince(ProvinceCode);
        Wards = [.. Communes.Where(c => c.IsWard)];
        var sum = 0;
        _weightSums = [.. Communes.Select(c => sum += c.Weight)];
    }

    /// <summary>Seed of everything made up.</summary>
    public long Seed { get; }

    /// <summary>First day that the systems hold records of.</summary>
    public static DateTimeOffset Start { get; } = new(2025, 7, 1, 0, 0, 0, TimeSpan.FromHours(7));

    /// <summary>The moment at which the systems stand still: one year after the two-tier system began.</summary>
    public static DateTimeOffset AsOf { get; } = new(2026, 7, 1, 0, 0, 0, TimeSpan.FromHours(7));

    /// <summary>The twelve months from <see cref="Start"/> to <see cref="AsOf"/>, first days.</summary>
    public static IReadOnlyList<DateOnly> Months { get; } = [.. Enumerable.Range(0, 12).Select(i => new DateOnly(2025, 7, 1).AddMonths(i))];

    /// <summary>The four quarters, as <c>2025-Q3</c>.</summary>
    public static IReadOnlyList<string> Quarters { get; } = ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"];

    /// <summary>Vietnamese words.</summary>
    public Vocabulary Words { get; }

    /// <summary>All communes of the province, by code.</summary>
    public IReadOnlyList<Commune> Communes { get; }

    /// <summary>The wards among them.</summary>
    public IReadOnlyList<Commune> Wards { get; }

    /// <summary>Dice of one record.</summary>
    public Dice Dice(string stream, long index) => SampleAgencies.Dice.For(Seed, stream, index);

    /// <summary>A commune; those with more people come more often.</summary>
    public Commune AnyCommune(Dice dice)
    {
        var at = Array.BinarySearch(_weightSums, dice.Below(_weightSums[^1]) + 1);
        return Communes[at < 0 ? ~at : at];
    }

    /// <summary>Vietnamese notation of a day.</summary>
    public static string Day(DateTimeOffset moment) => moment.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    /// <summary>Vietnamese notation of a moment, minutes, without zone.</summary>
    public static string Minute(DateTimeOffset moment) => moment.ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);

    /// <summary>ISO 8601 with milliseconds and offset.</summary>
    public static string Iso(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);

    /// <summary>Vietnamese notation of a whole number: 1.234.567.</summary>
    public static string Grouped(long value) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '.');

    /// <summary>Vietnamese notation of a number of hundredths: 1.234,56.</summary>
    public static string Hundredths(long hundredths)
        => string.Create(CultureInfo.InvariantCulture, $"{Grouped(hundredths / 100)},{hundredths % 100:00}");
}
