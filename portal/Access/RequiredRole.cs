using OpenData.Warehouse.Accounts;

namespace OpenData.Portal.Access;

/// <summary>Metadata of an endpoint: who signs in needs one of these roles.</summary>
/// <param name="AnyOf">The roles.</param>
internal sealed record RequiredRole(IReadOnlyList<AccountRole> AnyOf)
{
    /// <summary>Of an endpoint that says nothing: the platform is no affair of people who only score.</summary>
    public static RequiredRole Platform { get; } = new(AccountRoles.Platform);

    /// <summary>Of an endpoint that tells people about themselves: who is known needs no role.</summary>
    public static RequiredRole None { get; } = new([]);

    /// <summary>True when one of the roles is among them.</summary>
    public bool IsMetBy(IEnumerable<AccountRole> roles) => ReferenceEquals(this, None) || roles.Intersect(AnyOf).Any();
}
