using System.CommandLine;
using System.Globalization;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Commands;

/// <summary><c>proposals list | show | accept | decline</c>: changes of contracts that the sources suggest, for a person to decide.</summary>
internal static class ProposalsCommand
{
    internal static Command Make(CommandBody body)
    {
        var all = new Option<bool>("--all") { Description = "Decided ones too." };
        var list = new Command("list", "List the open proposals.") { all };
        list.SetAction((parsed, token) => body((context, stop) => ListAsync(context, parsed.GetValue(all), stop), token));
        return new Command("proposals", "Changes of contracts that the sources suggest: look, accept or decline.")
        {
            list,
            One(body, "show", "Print a proposal as a unified diff of the contract.", reasonRequired: null, ShowAsync),
            One(body, "accept", "Write the change into the contract file; the next run follows it.", reasonRequired: false, AcceptAsync),
            One(body, "decline", "Turn a proposal down; it is not made again.", reasonRequired: true, DeclineAsync),
        };
    }

    private static Command One(
        CommandBody body,
        string name,
        string description,
        bool? reasonRequired,
        Func<CommandContext, RunLedger, Proposal, string?, CancellationToken, Task<int>> work)
    {
        var id = new Argument<string>("id") { Description = "Id of the proposal." };
        var command = new Command(name, description) { id };
        var reason = new Option<string?>("--reason") { Description = "Why; kept with the decision.", Required = reasonRequired is true };
        reason.Validators.Add(ReasonText.Check);
        if (reasonRequired is not null)
        {
            command.Add(reason);
        }

        command.SetAction((parsed, token) => body(
            async (context, stop) =>
            {
                await using var ledger = await RunLedger.OpenAsync(context.Settings.Ledger, context.Clock, stop);
                return await ledger.ProposalAsync(parsed.GetValue(id)!, stop) is { } proposal
                    ? await work(context, ledger, proposal, reasonRequired is null ? null : ReasonText.Of(parsed.GetValue(reason)), stop)
                    : await RefuseAsync(context, ProposalErrors.Unknown, "There is no proposal of that id.");
            },
            token));
        return command;
    }

    private static async Task<int> ListAsync(CommandContext context, bool all, CancellationToken token)
    {
        await using var ledger = await RunLedger.OpenAsync(context.Settings.Ledger, context.Clock, token);
        foreach (var proposal in await ledger.ProposalsAsync(!all, token))
        {
            var status = proposal.Status;
            if (status == "open" && await IsObsoleteAsync(context, ledger, proposal, token))
            {
                if (!all)
                {
                    continue;
                }

                status = "obsolete";
            }

            var at = proposal.FoundAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            await context.Output.WriteLineAsync($"{proposal.Id}  {proposal.Dataset}  {at}  {status}  {proposal.Change.Kind}  {proposal.Change.Text}");
        }

        return ExitCodes.Good;
    }

    private static async Task<bool> IsObsoleteAsync(CommandContext context, RunLedger ledger, Proposal proposal, CancellationToken token)
    {
        try
        {
            if (ContractChange.Of(proposal, context.Settings.CatalogFolder) is not null)
            {
                return false;
            }
        }
        catch (OpenDataException e) when (e.Code == ProposalErrors.NotEditable || e.Code == ProposalErrors.ContractGone)
        {
            // It may still be right; `show` says what stands in the way.
            return false;
        }

        await ledger.DecideProposalAsync(proposal.Id, "obsolete", Actor.OfCommandLine, null, token);
        return true;
    }

    private static async Task<int> ShowAsync(CommandContext context, RunLedger ledger, Proposal proposal, string? reason, CancellationToken token)
    {
        await context.Output.WriteLineAsync($"{proposal.Dataset}: {proposal.Change.Kind} {proposal.Change.Column}, {proposal.Status}, found by run {proposal.RunId}");
        if (proposal.Change.Remark is { } remark)
        {
            await context.Output.WriteLineAsync($"Remark: {remark}");
        }

        if (proposal.DecidedBy is { } by)
        {
            await context.Output.WriteLineAsync($"Decided by {by}: {proposal.Reason ?? "no reason given"}");
        }

        if (proposal.Status == "open")
        {
            if (ContractChange.Of(proposal, context.Settings.CatalogFolder) is not { } change)
            {
                return await SettledAsync(context, ledger, proposal, token);
            }

            await context.Output.WriteAsync(change.Diff());
        }

        return ExitCodes.Good;
    }

    private static async Task<int> AcceptAsync(CommandContext context, RunLedger ledger, Proposal proposal, string? reason, CancellationToken token)
    {
        if (proposal.Status != "open" || ContractChange.Of(proposal, context.Settings.CatalogFolder) is not { } change)
        {
            return await SettledAsync(context, ledger, proposal, token);
        }

        try
        {
            change.Write(context.Settings.CatalogFolder);
        }
        catch (OpenDataException e) when (e.Code == ProposalErrors.Refused)
        {
            return await RefuseAsync(context, e.Code, e.Detail.En);
        }

        await ledger.DecideProposalAsync(proposal.Id, "accepted", Actor.OfCommandLine, reason, token);
        await context.Output.WriteLineAsync($"{change.Name} is changed; the next run follows it. A serving worker reads it when it is started again.");
        return ExitCodes.Good;
    }

    private static async Task<int> DeclineAsync(CommandContext context, RunLedger ledger, Proposal proposal, string? reason, CancellationToken token)
    {
        if (!await ledger.DecideProposalAsync(proposal.Id, "declined", Actor.OfCommandLine, reason, token))
        {
            return await SettledAsync(context, ledger, proposal, token);
        }

        await context.Output.WriteLineAsync($"{proposal.Id} is declined: {reason}");
        return ExitCodes.Good;
    }

    private static async Task<int> SettledAsync(CommandContext context, RunLedger ledger, Proposal proposal, CancellationToken token)
    {
        var now = await ledger.DecideProposalAsync(proposal.Id, "obsolete", Actor.OfCommandLine, null, token) ? "obsolete" : proposal.Status;
        return await RefuseAsync(context, ProposalErrors.Settled, $"The proposal is {now}: it changes nothing.");
    }

    private static async Task<int> RefuseAsync(CommandContext context, ErrorCode code, string sentence)
    {
        await context.Error.WriteLineAsync($"{code.Code}: {sentence}");
        return ExitCodes.SomeFailed;
    }
}
