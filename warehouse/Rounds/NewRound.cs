using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;

namespace OpenData.Warehouse.Rounds;

/// <summary>What a round is opened with.</summary>
/// <param name="Id">Name of the framework, a hyphen and, for example, the year: <c>dti_department-2025</c>.</param>
/// <param name="Framework">The framework, as the catalogue's reader gave it.</param>
/// <param name="Title">Title.</param>
/// <param name="From">First day of the period.</param>
/// <param name="To">Last day of the period, inclusive.</param>
/// <param name="Units">The units.</param>
public sealed record NewRound(string Id, Framework Framework, LocalText Title, DateOnly From, DateOnly To, IReadOnlyList<RoundUnit> Units)
{
    /// <summary>The title of a round that is given none: the framework's, with what the id says beyond its name.</summary>
    public static LocalText TitleOf(Framework framework, string id)
    {
        var rest = id.StartsWith(framework.Id + "-", StringComparison.Ordinal) ? id[(framework.Id.Length + 1)..] : id;
        return new LocalText($"{framework.Title.Vi} ({rest})", $"{framework.Title.En} ({rest})");
    }

    /// <summary>True when its units or answers are made up.</summary>
    public bool IsSynthetic { get; init; }

    /// <summary>Until when units may submit; null sets no end.</summary>
    public DateTimeOffset? SubmitUntil { get; init; }

    /// <summary>Until when units may appeal; null means that nobody appeals.</summary>
    public DateTimeOffset? AppealUntil { get; init; }

    /// <summary>The round before, whose shares stand for missing answers where the framework says so; null when there is none.</summary>
    public string? Previous { get; init; }
}
