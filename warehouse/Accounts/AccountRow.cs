using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Accounts;

/// <summary>An account as the database has it.</summary>
internal sealed class AccountRow
{
    internal const string Select =
        """
        select a.name_key as NameKey, a.name as Name, a.roles as Roles, a.units as Units, a.password_hash as PasswordHash, a.created_at as CreatedAt,
            a.disabled_at as DisabledAt, a.signed_in_at as SignedInAt from accounts a
        """;

    public string NameKey { get; set; } = "";

    public string Name { get; set; } = "";

    public string Roles { get; set; } = "";

    public string Units { get; set; } = "";

    public string? PasswordHash { get; set; }

    public string CreatedAt { get; set; } = "";

    public string? DisabledAt { get; set; }

    public string? SignedInAt { get; set; }

    internal Account ToAccount() => new(
        Name,
        AccountRoles.Of(Roles),
        PasswordHash is not null,
        LedgerTime.FromText(CreatedAt),
        LedgerTime.FromTextOrNull(DisabledAt),
        LedgerTime.FromTextOrNull(SignedInAt))
    {
        Units = UnitCodes.Of(Units),
    };

    /// <summary>True when the person can sign in and operate.</summary>
    internal bool Operates => DisabledAt is null && PasswordHash is not null && AccountRoles.Of(Roles).Contains(AccountRole.Operator);
}
