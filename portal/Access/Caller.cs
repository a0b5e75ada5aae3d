using OpenData.Warehouse.Accounts;

namespace OpenData.Portal.Access;

/// <summary>The person behind a request to the interface, kept in its features.</summary>
/// <param name="Name">Name to show.</param>
/// <param name="Way">How the person is known.</param>
/// <param name="Rights">Roles and units of this moment. Its person is what the audit log and stages of a round hold.</param>
internal sealed record Caller(string Name, CallerWay Way, ScoringRights Rights)
{
    /// <summary>The person; behind a door for callers there is one.</summary>
    public static Caller Require(HttpContext context) => context.Features.Get<Caller>() ?? throw ClosedDoors.SignInNeeded();

    /// <summary>The caller that an account is.</summary>
    public static Caller Of(Account account) => new(account.Name, CallerWay.Session, account.Rights);
}
