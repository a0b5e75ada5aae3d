namespace OpenData.Warehouse.Accounts;

/// <summary>What is known when somebody tries to sign in.</summary>
/// <param name="Account">The account of that name, when it can sign in; null otherwise, which the caller must not show.</param>
/// <param name="PasswordHash">Its hash; null when there is none.</param>
/// <param name="WaitUntil">Set when too many attempts failed: the password is not to be looked at.</param>
public sealed record SignInAttempt(Account? Account, string? PasswordHash, DateTimeOffset? WaitUntil);
