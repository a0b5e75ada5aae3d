using System.CommandLine;
using OpenData.Warehouse.Accounts;

namespace OpenData.Ingest.Commands;

/// <summary><c>accounts list</c> and <c>accounts link &lt;name&gt;</c>: for whoever runs the machine, when nobody can sign in.</summary>
internal static class AccountsCommand
{
    internal static Command Make(CommandBody body)
    {
        var name = new Argument<string>("name") { Description = "Name of the account." };
        var link = new Command("link", "Make a new one-time link with which the person chooses a password.") { name };
        link.SetAction((parsed, token) => body((context, stop) => LinkAsync(context, parsed.GetValue(name)!, stop), token));
        var list = new Command("list", "List the accounts with roles and state.");
        list.SetAction((_, token) => body(ListAsync, token));
        return new Command("accounts", "People who may sign in to the portal's administration.") { list, link };
    }

    private static async Task<int> ListAsync(CommandContext context, CancellationToken token)
    {
        await using var book = await AccountBook.OpenAsync(context.Settings.Ledger, context.Clock, token);
        foreach (var account in await book.ListAsync(token))
        {
            var state = account.DisabledAt is not null ? "disabled" : account.HasPassword ? "in use" : "invited";
            await context.Output.WriteLineAsync($"{account.Name}  {AccountRoles.Text(account.Roles)}  {state}{Units(account)}");
        }

        return ExitCodes.Good;
    }

    private static string Units(Account account) => account.Units.Count == 0 ? "" : "  units " + string.Join(',', account.Units);

    private static async Task<int> LinkAsync(CommandContext context, string name, CancellationToken token)
    {
        await using var book = await AccountBook.OpenAsync(context.Settings.Ledger, context.Clock, token);
        var link = await book.MakeFirstLinkAsync(Actor.OfCommandLine, token) ?? await book.MakeLinkAsync(Actor.OfCommandLine, name, token);
        await context.Output.WriteLineAsync($"Below the portal's address, once: /admin/link?token={link}");
        return ExitCodes.Good;
    }
}
