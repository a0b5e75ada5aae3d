using System.Text.Json;

namespace OpenData.Warehouse.Accounts;

/// <summary>Pure: roles as the text that the database and forms hold.</summary>
public static class AccountRoles
{
    /// <summary>All roles, in the order of their declaration.</summary>
    public static IReadOnlyList<AccountRole> All { get; } = Enum.GetValues<AccountRole>();

    /// <summary>Those of people who run the platform; they alone see runs, schedules and the audit log.</summary>
    public static IReadOnlyList<AccountRole> Platform { get; } = [AccountRole.Operator, AccountRole.Approver];

    /// <summary>Those of people who score.</summary>
    public static IReadOnlyList<AccountRole> Scoring { get; } = [.. All.Except(Platform)];

    /// <summary>For example <c>unit_officer</c>.</summary>
    public static string Text(AccountRole role) => JsonNamingPolicy.SnakeCaseLower.ConvertName(role.ToString());

    /// <summary>For example <c>operator,approver</c>: each once, in the order of declaration.</summary>
    public static string Text(IEnumerable<AccountRole> roles) => string.Join(',', roles.Distinct().Order().Select(Text));

    /// <summary>The roles of a text; words that are none are passed over, so that an older program reads what a newer one wrote.</summary>
    public static IReadOnlyList<AccountRole> Of(string text)
        => [.. All.Where(r => text.Split(',').Contains(Text(r), StringComparer.Ordinal))];
}
