using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;

namespace OpenData.Warehouse.Rounds;

/// <summary>One assessment of many units under one frozen framework.</summary>
/// <param name="Id">For example <c>dti_department-2025</c>.</param>
/// <param name="Framework">Name of the framework.</param>
/// <param name="FrameworkVersion">Its version.</param>
/// <param name="FactsHash">SHA-256 of its facts, 64 hexadecimal digits in lower case.</param>
/// <param name="FrameworkYaml">The framework's file as it was when the round opened.</param>
/// <param name="Title">Title.</param>
/// <param name="Level">What is assessed.</param>
/// <param name="From">First day of the period.</param>
/// <param name="To">Last day of the period, inclusive.</param>
/// <param name="OpenedBy">Who opened it.</param>
/// <param name="OpenedAt">When.</param>
public sealed record Round(
    string Id,
    string Framework,
    int FrameworkVersion,
    string FactsHash,
    string FrameworkYaml,
    LocalText Title,
    UnitLevel Level,
    DateOnly From,
    DateOnly To,
    string OpenedBy,
    DateTimeOffset OpenedAt)
{
    /// <summary>True when its units or answers are made up: every page and every published row says so.</summary>
    public bool IsSynthetic { get; init; }

    /// <summary>Until when units may submit; null sets no end.</summary>
    public DateTimeOffset? SubmitUntil { get; init; }

    /// <summary>Until when units may appeal, and before which the council closes no unit; null means that nobody appeals.</summary>
    public DateTimeOffset? AppealUntil { get; init; }

    /// <summary>The round before, whose shares stand for missing answers where the framework says so; null when there is none.</summary>
    public string? Previous { get; init; }

    /// <summary>The framework that was frozen, read from <see cref="FrameworkYaml"/>.</summary>
    public Framework FrozenFramework()
        => FrameworkReader.ReadOne(FrameworkYaml, $"{Framework}.yaml").Frameworks is [var framework]
            ? framework
            : throw new InvalidOperationException($"The framework that round {Id} froze can no longer be read.");
}
