using System.Data.Common;
using Dapper;
using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Accounts;

/// <content>
/// Attempts to sign in. An attempt counts as failed before the password is looked at and is forgiven when it was right: a thousand at the same
/// moment have no more tries than a thousand one after another.
/// </content>
public sealed partial class AccountBook
{
    private static readonly TimeSpan FailuresKept = TimeSpan.FromDays(1);
    private static readonly TimeSpan AddressesKept = TimeSpan.FromDays(90);

    /// <summary>Counts an attempt and says whether the password may be looked at.</summary>
    public Task<SignInAttempt> AttemptAsync(string name, string address, CancellationToken token)
        => Audit.RecordAsync(
            async (connection, transaction) =>
            {
                // A name that nobody has waits like one that somebody has; what is no name at all shares one place.
                var key = AccountName.KeyOf(name) ?? "";
                var account = await FindAsync(connection, transaction, key, token);
                var places = await PlacesAsync(connection, transaction, key, address, token);
                var wait = await WaitAsync(connection, transaction, places.Keys, token);
                if (wait is not null)
                {
                    return new SignInAttempt(null, null, wait);
                }

                foreach (var (place, rule) in places)
                {
                    await CountAsync(connection, transaction, place, rule, token);
                }

                return account is { DisabledAt: null, PasswordHash: not null }
                    ? new SignInAttempt(account.ToAccount(), account.PasswordHash, null)
                    : new SignInAttempt(null, null, null);
            },
            token);

    /// <summary>The password was wrong. Names that nobody has do not go to the log: people type passwords there.</summary>
    public Task FailAsync(string name, string address, CancellationToken token)
        => Audit.RecordAsync(
            async (connection, transaction) =>
            {
                var key = AccountName.KeyOf(name) ?? "";
                var shown = (await FindAsync(connection, transaction, key, token))?.Name ?? "?";
                var actor = "portal:" + address;
                await Audit.AddAsync(connection, transaction, actor, "session.refuse", shown, "", token);
                var places = await PlacesAsync(connection, transaction, key, address, token);
                if (await WaitAsync(connection, transaction, places.Keys, token) is { } until)
                {
                    await Audit.AddAsync(connection, transaction, actor, "session.lock", shown, LedgerTime.ToText(until), token);
                }

                return true;
            },
            token);

    /// <summary>The password was right: the attempts of this account from this address are forgotten, and one of the address.</summary>
    /// <param name="name">The account.</param>
    /// <param name="address">From where.</param>
    /// <param name="betterHash">The password hashed anew where the old hash is of an older kind; null where it is not.</param>
    /// <param name="token">Ends the wait.</param>
    public Task SucceedAsync(string name, string address, string? betterHash, CancellationToken token)
        => _database.WriteAsync(
            async (connection, transaction) =>
            {
                var key = AccountName.KeyOf(name);
                await DoAsync(connection, transaction, "delete from sign_in_failures where place = @Place", new { Place = Pair(key, address) }, token);
                await DoAsync(
                    connection,
                    transaction,
                    "update sign_in_failures set failures = failures - 1, locked_until = '' where place in (@Address, @Account) and failures > 0",
                    new { Address = Address(address), Account = AccountPlace(key) },
                    token);
                return await DoAsync(
                    connection,
                    transaction,
                    "update accounts set password_hash = coalesce(@Hash, password_hash) where name_key = @Key",
                    new { Key = key, Hash = betterHash },
                    token);
            },
            token);

    private async Task<Dictionary<string, SignInWait>> PlacesAsync(
        DbConnection connection, DbTransaction transaction, string key, string address, CancellationToken token)
    {
        var places = new Dictionary<string, SignInWait>(StringComparer.Ordinal)
        {
            [Pair(key, address)] = SignInWait.OfPair,
            [Address(address)] = SignInWait.OfAddress,
        };
        var isKnown = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select 1 from known_addresses where name_key = @Key and address = @Address and seen_at > @Since)",
            new { Key = key, Address = address, Since = LedgerTime.ToText(_clock.GetUtcNow() - AddressesKept) },
            transaction,
            cancellationToken: token));
        if (!isKnown)
        {
            places[AccountPlace(key)] = SignInWait.OfAccount;
        }

        return places;
    }

    private async Task<DateTimeOffset?> WaitAsync(
        DbConnection connection, DbTransaction transaction, IEnumerable<string> places, CancellationToken token)
    {
        // One at a time: the two databases do not take a list in the same words.
        DateTimeOffset? longest = null;
        foreach (var place in places)
        {
            var until = LedgerTime.FromTextOrNull(await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
                "select locked_until from sign_in_failures where place = @Place and locked_until > @Now",
                new { Place = place, Now },
                transaction,
                cancellationToken: token)));
            longest = longest is null || until > longest ? until ?? longest : longest;
        }

        return longest;
    }

    private async Task CountAsync(
        DbConnection connection, DbTransaction transaction, string place, SignInWait rule, CancellationToken token)
    {
        var now = _clock.GetUtcNow();
        await DoAsync(connection, transaction, "delete from sign_in_failures where last_at <= @Old", new { Old = LedgerTime.ToText(now - FailuresKept) }, token);
        var failures = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            """
            insert into sign_in_failures (place, failures, last_at, locked_until) values (@Place, 1, @Now, '')
            on conflict (place) do update set failures = sign_in_failures.failures + 1, last_at = excluded.last_at
            returning failures
            """,
            new { Place = place, Now },
            transaction,
            cancellationToken: token));
        if (rule.After(failures) is var wait && wait > TimeSpan.Zero)
        {
            var until = LedgerTime.ToText(now + wait);
            await DoAsync(connection, transaction, "update sign_in_failures set locked_until = @Until where place = @Place", new { Place = place, Until = until }, token);
        }
    }

    private Task<int> RememberAddressAsync(DbConnection connection, DbTransaction transaction, string key, string address, CancellationToken token)
        => DoAsync(
            connection,
            transaction,
            """
            insert into known_addresses (name_key, address, seen_at) values (@Key, @Address, @Now)
            on conflict (name_key, address) do update set seen_at = excluded.seen_at
            """,
            new { Key = key, Address = address, Now },
            token);

    private static Task<int> ForgetFailuresAsync(DbConnection connection, DbTransaction transaction, string key, CancellationToken token)
        => DoAsync(
            connection,
            transaction,
            "delete from sign_in_failures where place = @Account or substr(place, 1, length(@Pairs)) = @Pairs",
            new { Account = AccountPlace(key), Pairs = Pair(key, "") },
            token);

    private static string Pair(string? key, string address) => $"pair {key}:{address}";

    private static string Address(string address) => $"address {address}";

    private static string AccountPlace(string? key) => $"name {key}";
}
