using System.Data.Common;
using Dapper;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Accounts;

/// <content>One-time links: how a person comes to a password that nobody else knows.</content>
public sealed partial class AccountBook
{
    /// <summary>How long a link for the first operator works.</summary>
    public static readonly TimeSpan FirstLinkLife = TimeSpan.FromHours(24);

    /// <summary>How long an invitation or a reset works.</summary>
    public static readonly TimeSpan LinkLife = TimeSpan.FromHours(72);

    private const string FirstKey = "";

    /// <summary>A new link for the first operator, which replaces an earlier one; null when there is an account already.</summary>
    /// <param name="actor">Who makes it.</param>
    /// <param name="token">Ends the wait.</param>
    public Task<string?> MakeFirstLinkAsync(string actor, CancellationToken token)
        => Audit.RecordAsync<string?>(
            async (connection, transaction) =>
            {
                if (await AnyAsync(connection, transaction, token))
                {
                    return null;
                }

                await Audit.AddAsync(connection, transaction, actor, "link.first", "", "", token);
                return await LinkAsync(connection, transaction, LinkPurpose.First, FirstKey, FirstLinkLife, token);
            },
            token);

    /// <summary>Makes an account without a password and the link with which the person accepts it.</summary>
    public Task<string> InviteAsync(string actor, string name, IReadOnlyList<AccountRole> roles, CancellationToken token)
        => InviteAsync(actor, name, roles, [], token);

    /// <summary>The same for a person who answers for units.</summary>
    /// <exception cref="OpenDataException"><see cref="AccountErrors.BadUnit"/> and those of a name and of roles.</exception>
    public Task<string> InviteAsync(string actor, string name, IReadOnlyList<AccountRole> roles, IReadOnlyList<string> units, CancellationToken token)
        => Audit.RecordAsync(
            async (connection, transaction) =>
            {
                var (valid, text, scope) = (AccountName.Of(name), RequireRoles(roles), UnitCodes.Text(units));
                var key = AccountName.KeyOf(valid)!; // A name has a key.
                if (await FindAsync(connection, transaction, key, token) is not null)
                {
                    throw NameTaken();
                }

                await AddAccountAsync(connection, transaction, valid, text, scope, null, token);
                await Audit.AddAsync(connection, transaction, actor, "account.invite", valid, scope.Length == 0 ? text : $"{text} {scope}", token);
                return await LinkAsync(connection, transaction, LinkPurpose.Invitation, key, LinkLife, token);
            },
            token);

    /// <summary>A link with which the person chooses a new password; the old one works until then. An earlier link of the account ends.</summary>
    public Task<string> MakeLinkAsync(string actor, string name, CancellationToken token)
        => Audit.RecordAsync(
            async (connection, transaction) =>
            {
                var account = await RequireAsync(connection, transaction, name, token);
                if (account.DisabledAt is not null)
                {
                    throw new OpenDataException(AccountErrors.Disabled, new LocalText(
                        "Tài khoản đang bị khoá; hãy mở khoá trước.", "The account is disabled; enable it first."));
                }

                var purpose = account.PasswordHash is null ? LinkPurpose.Invitation : LinkPurpose.Reset;
                await Audit.AddAsync(connection, transaction, actor, "account.link", account.Name, "", token);
                return await LinkAsync(connection, transaction, purpose, account.NameKey, LinkLife, token);
            },
            token);

    /// <summary>What a link is for; null when it does not work (any more).</summary>
    public Task<AccessLink?> ReadLinkAsync(string link, CancellationToken token)
        => _database.UseAsync(connection => ReadLinkAsync(connection, null, link, token), token);

    /// <summary>Uses a link up: the account has that password now, its sessions end, its failures are forgotten.</summary>
    /// <param name="link">The link's token.</param>
    /// <param name="name">The name that the first operator chooses; not used otherwise.</param>
    /// <param name="passwordHash">Hash of the password.</param>
    /// <param name="token">Ends the wait.</param>
    /// <exception cref="OpenDataException"><see cref="AccountErrors.LinkUnusable"/>, <see cref="AccountErrors.BadName"/>.</exception>
    public Task<Account> TakeLinkAsync(string link, string? name, string passwordHash, CancellationToken token)
        => Audit.RecordAsync(
            async (connection, transaction) =>
            {
                var found = await ReadLinkAsync(connection, transaction, link, token) ?? throw LinkUnusable();
                var key = AccountName.KeyOf(found.Name ?? AccountName.Of(name ?? ""))!; // Both are names.
                if (found.Purpose is LinkPurpose.First)
                {
                    if (await AnyAsync(connection, transaction, token))
                    {
                        throw LinkUnusable();
                    }

                    await AddAccountAsync(connection, transaction, AccountName.Of(name ?? ""), AccountRoles.Text(AccountRoles.Platform), "", passwordHash, token);
                }

                await SetPasswordAsync(connection, transaction, key, passwordHash, token);
                await DoAsync(connection, transaction, "delete from access_links where token_hash = @Hash", new { Hash = SecretToken.HashOf(link) }, token);
                var account = await FindAsync(connection, transaction, key, token) ?? throw LinkUnusable();
                await Audit.AddAsync(connection, transaction, account.Name, "link.use", account.Name, PurposeText(found.Purpose), token);
                return account.ToAccount();
            },
            token);

    private async Task<AccessLink?> ReadLinkAsync(DbConnection connection, DbTransaction? transaction, string link, CancellationToken token)
    {
        var row = await connection.QueryFirstOrDefaultAsync<LinkRow>(new CommandDefinition(
            """
            select l.purpose as Purpose, l.expires_at as ExpiresAt, a.name as Name from access_links l left join accounts a on a.name_key = l.name_key
            where l.token_hash = @Hash and l.expires_at > @Now and a.disabled_at is null
            """,
            new { Hash = SecretToken.HashOf(link), Now },
            transaction,
            cancellationToken: token));
        return row is null ? null : new AccessLink(Enum.Parse<LinkPurpose>(row.Purpose, ignoreCase: true), row.Name, LedgerTime.FromText(row.ExpiresAt));
    }

    private async Task<string> LinkAsync(
        DbConnection connection, DbTransaction transaction, LinkPurpose purpose, string key, TimeSpan life, CancellationToken token)
    {
        var link = SecretToken.New();
        await DoAsync(connection, transaction, "delete from access_links where name_key = @Key or expires_at <= @Now", new { Key = key, Now }, token);
        await DoAsync(
            connection,
            transaction,
            "insert into access_links (token_hash, purpose, name_key, expires_at) values (@Hash, @Purpose, @Key, @ExpiresAt)",
            new { Hash = SecretToken.HashOf(link), Purpose = PurposeText(purpose), Key = key, ExpiresAt = LedgerTime.ToText(_clock.GetUtcNow() + life) },
            token);
        return link;
    }

    private Task<int> AddAccountAsync(
        DbConnection connection, DbTransaction transaction, string name, string roles, string units, string? passwordHash, CancellationToken token)
        => DoAsync(
            connection,
            transaction,
            "insert into accounts (name_key, name, roles, units, password_hash, created_at) values (@Key, @Name, @Roles, @Units, @Hash, @Now)",
            new { Key = AccountName.KeyOf(name), Name = name, Roles = roles, Units = units, Hash = passwordHash, Now },
            token);

    private static Task<bool> AnyAsync(DbConnection connection, DbTransaction transaction, CancellationToken token)
        => connection.ExecuteScalarAsync<bool>(new CommandDefinition("select exists (select 1 from accounts)", transaction: transaction, cancellationToken: token));

    private static string PurposeText(LinkPurpose purpose) => purpose switch
    {
        LinkPurpose.First => "first",
        LinkPurpose.Invitation => "invitation",
        _ => "reset",
    };

    private static OpenDataException NameTaken() => new(
        AccountErrors.NameTaken, new LocalText("Đã có tài khoản mang tên này.", "An account of this name exists already."));

    /// <summary>OD2605.</summary>
    public static OpenDataException LinkUnusable() => new(AccountErrors.LinkUnusable, new LocalText(
        "Liên kết đã được dùng, đã bị thay hoặc đã hết hạn. Hãy xin liên kết mới.",
        "The link was used, was replaced or has run out. Ask for a new one."));

    private sealed class LinkRow
    {
        public string Purpose { get; set; } = "";

        public string ExpiresAt { get; set; } = "";

        public string? Name { get; set; }
    }
}
