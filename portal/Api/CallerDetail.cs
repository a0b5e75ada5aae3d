namespace OpenData.Portal.Api;

/// <summary>Who asks.</summary>
public sealed record CallerDetail
{
    /// <summary>Name of the account, or the name in the token.</summary>
    /// <example>Nguyễn Thị Lan</example>
    public required string Name { get; init; }

    /// <summary><c>session</c> or <c>token</c>.</summary>
    /// <example>token</example>
    public required string Way { get; init; }

    /// <summary>Roles of this moment: <c>operator</c>, <c>approver</c>, <c>unit_officer</c>, <c>verifier</c>, <c>council</c>, <c>scoring_administrator</c>.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Codes of the units that the person answers for.</summary>
    public required IReadOnlyList<string> Units { get; init; }
}
