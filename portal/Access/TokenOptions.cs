using OpenData.Warehouse.Accounts;

namespace OpenData.Portal.Access;

/// <summary>Bearer tokens (JWT) of an external identity provider. Off unless issuer, audience and keys are set; then all three are needed.</summary>
/// <param name="Issuer"><c>PORTAL_TOKEN_ISSUER</c>: the provider, exactly as <c>iss</c> says it.</param>
/// <param name="Audience"><c>PORTAL_TOKEN_AUDIENCE</c>: this portal, exactly as <c>aud</c> says it.</param>
/// <param name="Keys"><c>PORTAL_TOKEN_KEYS</c>: the provider's public keys (JWKS), a file or an https address.</param>
public sealed record TokenOptions(string Issuer, string Audience, string Keys)
{
    /// <summary>How far the provider's clock may be from ours: 60 seconds.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    /// <summary><c>PORTAL_TOKEN_NAME_CLAIM</c>: the claim with the person's name, which goes to the audit log. Default <c>sub</c>.</summary>
    public string NameClaim { get; init; } = "sub";

    /// <summary><c>PORTAL_TOKEN_ROLES_CLAIM</c>: the claim with the provider's roles; points lead into objects (<c>realm_access.roles</c>). Default <c>roles</c>.</summary>
    public string RolesClaim { get; init; } = "roles";

    /// <summary><c>PORTAL_TOKEN_UNITS_CLAIM</c>: the claim with the codes of the person's units. Default <c>units</c>.</summary>
    public string UnitsClaim { get; init; } = "units";

    /// <summary>
    /// <c>PORTAL_TOKEN_ROLES</c>: which of the provider's roles is which of ours, for example <c>dti-officer=unit_officer,dti-check=verifier</c>. A role that
    /// is not listed is none. Operators and approvers sign in; no token makes one. Default none.
    /// </summary>
    public IReadOnlyDictionary<string, AccountRole> Roles { get; init; } = new Dictionary<string, AccountRole>(StringComparer.Ordinal);

    /// <summary>Reads them; null when none of the three is set.</summary>
    /// <exception cref="InvalidOperationException">A value cannot be used; the message names the variable and what it takes.</exception>
    internal static TokenOptions? From(IConfiguration configuration)
    {
        var (issuer, audience, keys) = (configuration["PORTAL_TOKEN_ISSUER"], configuration["PORTAL_TOKEN_AUDIENCE"], configuration["PORTAL_TOKEN_KEYS"]);
        if (string.IsNullOrEmpty(issuer) && string.IsNullOrEmpty(audience) && string.IsNullOrEmpty(keys))
        {
            return null;
        }

        if (string.IsNullOrEmpty(issuer) || string.IsNullOrEmpty(audience) || string.IsNullOrEmpty(keys))
        {
            throw new InvalidOperationException("PORTAL_TOKEN_ISSUER, PORTAL_TOKEN_AUDIENCE and PORTAL_TOKEN_KEYS are set together or not at all.");
        }

        var options = new TokenOptions(issuer, audience, KeysOf(keys));
        return options with
        {
            NameClaim = configuration["PORTAL_TOKEN_NAME_CLAIM"] is { Length: > 0 } name ? name : options.NameClaim,
            RolesClaim = configuration["PORTAL_TOKEN_ROLES_CLAIM"] is { Length: > 0 } roles ? roles : options.RolesClaim,
            UnitsClaim = configuration["PORTAL_TOKEN_UNITS_CLAIM"] is { Length: > 0 } units ? units : options.UnitsClaim,
            Roles = RolesOf(configuration["PORTAL_TOKEN_ROLES"] ?? ""),
        };
    }

    /// <summary>True when the keys are asked for over the network.</summary>
    internal static bool IsAddress(string keys) => keys.Contains("://", StringComparison.Ordinal);

    private static string KeysOf(string text)
    {
        if (!IsAddress(text))
        {
            var path = Path.GetFullPath(text);
            return File.Exists(path) ? path : throw new InvalidOperationException("PORTAL_TOKEN_KEYS names no file; it takes a file with a JWKS or an https address.");
        }

        // Keys that anybody on the way can exchange prove nothing.
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            ? text
            : throw new InvalidOperationException("PORTAL_TOKEN_KEYS must be a file with a JWKS or an https address (http only on this machine).");
    }

    private static Dictionary<string, AccountRole> RolesOf(string text)
    {
        var roles = new Dictionary<string, AccountRole>(StringComparer.Ordinal);
        foreach (var pair in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var sign = pair.LastIndexOf('=');
            if (sign < 1 || AccountRoles.Of(pair[(sign + 1)..].Trim()) is not [var role] || !AccountRoles.Scoring.Contains(role) || !roles.TryAdd(pair[..sign].Trim(), role))
            {
                throw new InvalidOperationException(
                    $"PORTAL_TOKEN_ROLES must list pairs such as dti-officer=unit_officer, each role of the provider once, with one of {AccountRoles.Text(AccountRoles.Scoring)}.");
            }
        }

        return roles;
    }
}
