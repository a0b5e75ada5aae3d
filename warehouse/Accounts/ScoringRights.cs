namespace OpenData.Warehouse.Accounts;

/// <summary>
/// Pure: what a person may do in a round, whichever way the person came, by account or by token. Nobody checks what they are answerable for themselves:
/// units of the person bar verifying and adjusting even while the role of officer is not held, and so does having answered before.
/// </summary>
/// <param name="Person">Name of the account, or <see cref="TokenMark"/> and the name in the token; large and small letters are the same.</param>
/// <param name="Roles">The person's roles.</param>
/// <param name="Units">Codes of the units that the person answers for.</param>
public sealed record ScoringRights(string Person, IReadOnlyList<AccountRole> Roles, IReadOnlyList<string> Units)
{
    /// <summary>Stands before the name of a person who came by a token of an identity provider; no name of an account has a colon.</summary>
    public const string TokenMark = "token:";

    /// <summary>Opens rounds, assigns, publishes.</summary>
    public bool MayAdminister => Is(AccountRole.ScoringAdministrator);

    /// <summary>Fills in and sends the form of that unit.</summary>
    public bool MayAnswer(string unit) => Is(AccountRole.UnitOfficer) && HasUnit(unit);

    /// <summary>Screens, returns and verifies answers of that unit.</summary>
    /// <param name="unit">Code of the unit.</param>
    /// <param name="answeredBy">Who answered for it in this round.</param>
    public bool MayVerify(string unit, IEnumerable<string> answeredBy) => Is(AccountRole.Verifier) && IsOutsider(unit, answeredBy);

    /// <summary>Adjusts verified scores of that unit in the council.</summary>
    /// <param name="unit">Code of the unit.</param>
    /// <param name="answeredBy">Who answered for it in this round.</param>
    public bool MayAdjust(string unit, IEnumerable<string> answeredBy) => Is(AccountRole.Council) && IsOutsider(unit, answeredBy);

    /// <summary>Sees what is not published yet of that unit: its own officers, and those who verify, adjust or administer.</summary>
    public bool MaySeeDraft(string unit)
        => MayAnswer(unit) || Is(AccountRole.Verifier) || Is(AccountRole.Council) || MayAdminister;

    /// <summary>True when the person has that role.</summary>
    public bool Is(AccountRole role) => Roles.Contains(role);

    private bool IsOutsider(string unit, IEnumerable<string> answeredBy) => !HasUnit(unit) && !answeredBy.Any(IsSelf);

    // One name is one person, by account or by token: two ways in must not become four eyes.
    private bool IsSelf(string other) => Plain(other).Equals(Plain(Person), StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> Plain(string person)
        => person.StartsWith(TokenMark, StringComparison.Ordinal) ? person.AsSpan(TokenMark.Length) : person;

    private bool HasUnit(string unit) => Units.Contains(unit, StringComparer.Ordinal);
}
