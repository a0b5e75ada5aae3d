using OpenData.Warehouse.Accounts;

namespace OpenData.Portal.Access;

/// <summary>Metadata of an endpoint: who signs in needs one of these roles.</summary>
/// <param name="AnyOf">The roles.</param>
internal sealed record RequiredRole(IReadOnlyList<AccountRole> AnyOf);
