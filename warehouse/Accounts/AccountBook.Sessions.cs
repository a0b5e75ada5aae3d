using Dapper;
using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Accounts;

/// <content>Sessions: kept here and not in the cookie, so that they can be ended.</content>
public sealed partial class AccountBook
{
    // Not every request is a write.
    private static readonly TimeSpan SeenStep = TimeSpan.FromMinutes(1);

    /// <summary>Begins a session after a sign-in and returns its secret. One that the browser had before ends.</summary>
    public Task<string> StartSessionAsync(string name, string address, string? earlier, SessionLimits limits, CancellationToken token)
        => Audit.RecordAsync(
            async (connection, transaction) =>
            {
                var account = await RequireAsync(connection, transaction, name, token);
                var secret = SecretToken.New();
                var now = _clock.GetUtcNow();
                await DoAsync(
                    connection,
                    transaction,
                    "delete from sessions where id_hash = @Earlier or started_at <= @Oldest or seen_at <= @Idlest",
                    new { Earlier = SecretToken.HashOf(earlier ?? ""), Oldest = LedgerTime.ToText(now - limits.Length), Idlest = LedgerTime.ToText(now - limits.Idle) },
                    token);
                await DoAsync(
                    connection,
                    transaction,
                    "insert into sessions (id_hash, name_key, started_at, seen_at) values (@Hash, @Key, @Now, @Now)",
                    new { Hash = SecretToken.HashOf(secret), Key = account.NameKey, Now },
                    token);
                await DoAsync(connection, transaction, "update accounts set signed_in_at = @Now where name_key = @Key", new { Key = account.NameKey, Now }, token);
                await RememberAddressAsync(connection, transaction, account.NameKey, address, token);
                await Audit.AddAsync(connection, transaction, account.Name, "session.start", account.Name, address, token);
                return secret;
            },
            token);

    /// <summary>Who a session's secret belongs to, with the roles of this moment; null when it has ended or never was.</summary>
    public async Task<Account?> SessionAsync(string secret, SessionLimits limits, CancellationToken token)
    {
        var now = _clock.GetUtcNow();
        var values = new
        {
            Hash = SecretToken.HashOf(secret),
            Oldest = LedgerTime.ToText(now - limits.Length),
            Idlest = LedgerTime.ToText(now - limits.Idle),
            Stale = LedgerTime.ToText(now - (SeenStep < limits.Idle / 4 ? SeenStep : limits.Idle / 4)),
            Now = LedgerTime.ToText(now),
        };
        var row = await _database.UseAsync(
            connection => connection.QueryFirstOrDefaultAsync<SessionRow>(new CommandDefinition(
                """
                select s.seen_at as SeenAt, s.name_key as NameKey from sessions s
                where s.id_hash = @Hash and s.started_at > @Oldest and s.seen_at > @Idlest
                """,
                values,
                cancellationToken: token)),
            token);
        if (row is null)
        {
            return null;
        }

        if (string.CompareOrdinal(row.SeenAt, values.Stale) <= 0)
        {
            await _database.WriteAsync(
                (connection, transaction) => DoAsync(connection, transaction, "update sessions set seen_at = @Now where id_hash = @Hash", values, token), token);
        }

        var account = await _database.UseAsync(connection => FindAsync(connection, null, row.NameKey, token), token);
        return account is { DisabledAt: null } ? account.ToAccount() : null;
    }

    /// <summary>Ends a session.</summary>
    public Task EndSessionAsync(string secret, string name, CancellationToken token)
        => Audit.RecordAsync(
            async (connection, transaction) =>
            {
                await DoAsync(connection, transaction, "delete from sessions where id_hash = @Hash", new { Hash = SecretToken.HashOf(secret) }, token);
                await Audit.AddAsync(connection, transaction, name, "session.end", name, "", token);
                return true;
            },
            token);

    private sealed class SessionRow
    {
        public string SeenAt { get; set; } = "";

        public string NameKey { get; set; } = "";
    }
}
