namespace OpenData.Warehouse.Accounts;

/// <summary>A person who may sign in.</summary>
/// <param name="Name">As written at the invitation.</param>
/// <param name="Roles">What the person may do.</param>
/// <param name="HasPassword">False until the invitation is accepted.</param>
/// <param name="CreatedAt">When invited.</param>
/// <param name="DisabledAt">When taken away; null while the account works.</param>
/// <param name="SignedInAt">Last sign-in; null when there was none.</param>
public sealed record Account(
    string Name, IReadOnlyList<AccountRole> Roles, bool HasPassword, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt, DateTimeOffset? SignedInAt)
{
    /// <summary>Codes of the units that the person answers for, in ordinal order.</summary>
    public IReadOnlyList<string> Units { get; init; } = [];

    /// <summary>What the person may do in a round.</summary>
    public ScoringRights Rights => new(Name, Roles, Units);

    /// <summary>True when the person has that role.</summary>
    public bool Is(AccountRole role) => Roles.Contains(role);
}
