namespace OpenData.Warehouse.Audit;

/// <summary>One line of the audit log.</summary>
/// <param name="Number">1, 2, 3 … without gaps.</param>
/// <param name="At">When, to the microsecond.</param>
/// <param name="Actor">Who: the name of an account, or <c>cli:user</c> and <c>portal:address</c> where nobody is signed in.</param>
/// <param name="Action">What was done, for example <c>pin</c> or <c>account.disable</c>.</param>
/// <param name="Subject">To what.</param>
/// <param name="Detail">More about it; empty when there is nothing to say.</param>
/// <param name="Hash">SHA-256 over the hash before it and the text of this line, in hex.</param>
public sealed record AuditEntry(long Number, DateTimeOffset At, string Actor, string Action, string Subject, string Detail, string Hash);
