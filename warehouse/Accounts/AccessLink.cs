namespace OpenData.Warehouse.Accounts;

/// <summary>A one-time link that still works.</summary>
/// <param name="Purpose">What for.</param>
/// <param name="Name">Name of the account; null for <see cref="LinkPurpose.First"/>.</param>
/// <param name="ExpiresAt">Until when.</param>
public sealed record AccessLink(LinkPurpose Purpose, string? Name, DateTimeOffset ExpiresAt);
