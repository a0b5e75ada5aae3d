namespace OpenData.Catalogs.Frameworks;

/// <summary>One thing that is scored.</summary>
/// <param name="Code">Code, unique in the framework, for example <c>1.04</c>.</param>
/// <param name="Name">Name.</param>
/// <param name="Points">Greatest number of points; in a monitored index the weight among its siblings.</param>
/// <param name="Formula">How answers become a share of the points.</param>
public sealed record Component(string Code, LocalText Name, decimal Points, Formula Formula)
{
    /// <summary>Whether name and points are the act's own; otherwise pages say "proposal".</summary>
    public bool Sourced { get; init; }

    /// <summary>What the inputs mean, by the formula's roles.</summary>
    public IReadOnlyList<ComponentInput> Inputs { get; init; } = [];

    /// <summary>What becomes of its points when it does not apply to a unit.</summary>
    public NotApplicableRule NotApplicable { get; init; } = NotApplicableRule.Redistribute;

    /// <summary>What becomes of its points when the unit gave no answer.</summary>
    public MissingRule Missing { get; init; } = MissingRule.Zero;

    /// <summary>Decimals to which its points are rounded before they are added, half away from zero; null adds them unrounded.</summary>
    public int? Decimals { get; init; }

    /// <summary>Evidence asked for; null when none is.</summary>
    public LocalText? Evidence { get; init; }

    /// <summary>Who supplies the answer; null when the unit does.</summary>
    public string? Supplier { get; init; }

    /// <summary>Who verifies it; null when the round's verifier does.</summary>
    public string? Verifier { get; init; }

    /// <summary>Inputs that come from published datasets; empty when a person answers.</summary>
    public IReadOnlyList<AutomaticInput> Automatic { get; init; } = [];
}
