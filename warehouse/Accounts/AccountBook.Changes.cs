using System.Data.Common;
using Dapper;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Accounts;

/// <content>Changes of accounts. There is always somebody left who can operate.</content>
public sealed partial class AccountBook
{
    /// <summary>Gives the account these roles instead of those it has.</summary>
    /// <exception cref="OpenDataException"><see cref="AccountErrors.NoRole"/>, <see cref="AccountErrors.LastOperator"/>.</exception>
    public Task SetRolesAsync(string actor, string name, IReadOnlyList<AccountRole> roles, CancellationToken token)
        => ChangeAsync(actor, "account.roles", name, "roles = @Value", RequireRoles(roles), token);

    /// <summary>The person answers for these units instead of those before.</summary>
    /// <exception cref="OpenDataException"><see cref="AccountErrors.BadUnit"/>.</exception>
    public Task SetUnitsAsync(string actor, string name, IReadOnlyList<string> units, CancellationToken token)
        => ChangeAsync(actor, "account.units", name, "units = @Value", UnitCodes.Text(units), token);

    /// <summary>Takes the account out of use; its sessions and links end.</summary>
    /// <exception cref="OpenDataException"><see cref="AccountErrors.LastOperator"/>.</exception>
    public Task DisableAsync(string actor, string name, CancellationToken token)
        => ChangeAsync(actor, "account.disable", name, "disabled_at = @Now", "", token);

    /// <summary>Brings a disabled account back, with its password.</summary>
    public Task EnableAsync(string actor, string name, CancellationToken token)
        => ChangeAsync(actor, "account.enable", name, "disabled_at = null", "", token);

    /// <summary>The person has chosen a new password; all sessions end.</summary>
    public Task ChangePasswordAsync(string name, string passwordHash, CancellationToken token)
        => Audit.RecordAsync(
            async (connection, transaction) =>
            {
                var account = await RequireAsync(connection, transaction, name, token);
                await SetPasswordAsync(connection, transaction, account.NameKey, passwordHash, token);
                await Audit.AddAsync(connection, transaction, account.Name, "account.password", account.Name, "", token);
                return true;
            },
            token);

    // The assignment is one of the four above, never a caller's text.
    private Task<bool> ChangeAsync(string actor, string action, string name, string assignment, string value, CancellationToken token)
        => Audit.RecordAsync(
            async (connection, transaction) =>
            {
                var account = await RequireAsync(connection, transaction, name, token);
                await DoAsync(connection, transaction, $"update accounts set {assignment} where name_key = @Key", new { Key = account.NameKey, Value = value, Now }, token);
                var after = (await FindAsync(connection, transaction, account.NameKey, token))!; // It was there a line before.
                if (account.Operates && !after.Operates && !await IsOperatedAsync(connection, transaction, token))
                {
                    throw new OpenDataException(AccountErrors.LastOperator, new LocalText(
                        "Phải luôn còn ít nhất một người vận hành đăng nhập được.",
                        "At least one operator who can sign in must be left."));
                }

                if (after.DisabledAt is not null)
                {
                    await EndAllAsync(connection, transaction, account.NameKey, token);
                }

                await Audit.AddAsync(connection, transaction, actor, action, account.Name, value, token);
                return true;
            },
            token);

    private static async Task<bool> IsOperatedAsync(DbConnection connection, DbTransaction transaction, CancellationToken token)
        => (await connection.QueryAsync<AccountRow>(new CommandDefinition(AccountRow.Select, transaction: transaction, cancellationToken: token)))
            .Any(a => a.Operates);

    private static async Task SetPasswordAsync(DbConnection connection, DbTransaction transaction, string key, string passwordHash, CancellationToken token)
    {
        await DoAsync(connection, transaction, "update accounts set password_hash = @Hash where name_key = @Key", new { Key = key, Hash = passwordHash }, token);
        await EndAllAsync(connection, transaction, key, token);
        await ForgetFailuresAsync(connection, transaction, key, token);
    }

    private static async Task EndAllAsync(DbConnection connection, DbTransaction transaction, string key, CancellationToken token)
    {
        await DoAsync(connection, transaction, "delete from sessions where name_key = @Key", new { Key = key }, token);
        await DoAsync(connection, transaction, "delete from access_links where name_key = @Key", new { Key = key }, token);
    }

    private static string RequireRoles(IReadOnlyList<AccountRole> roles)
        => roles.Count > 0 ? AccountRoles.Text(roles) : throw new OpenDataException(
            AccountErrors.NoRole, new LocalText("Hãy chọn ít nhất một vai trò.", "Choose at least one role."));
}
