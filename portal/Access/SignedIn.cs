using OpenData.Warehouse.Accounts;

namespace OpenData.Portal.Access;

/// <summary>The person behind a request, kept in its features.</summary>
/// <param name="Account">The account, with the roles of this moment.</param>
/// <param name="Secret">The session's secret.</param>
internal sealed record SignedIn(Account Account, string Secret)
{
    /// <summary>The person; behind a closed door there is one.</summary>
    public static SignedIn Require(HttpContext context)
        => context.Features.Get<SignedIn>() ?? throw ClosedDoors.SignInNeeded();
}
