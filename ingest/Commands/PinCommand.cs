using System.CommandLine;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;

namespace OpenData.Ingest.Commands;

/// <summary><c>pin &lt;dataset&gt; &lt;version&gt; --reason …</c>: a version stays whatever the contract keeps.</summary>
internal static class PinCommand
{
    internal static Command Make(CommandBody body)
    {
        var dataset = new Argument<string>("dataset") { Description = "Id of the dataset." };
        var version = new Argument<string>("version") { Description = "Name of the version." };
        var reason = new Option<string>("--reason") { Description = "Why; shown in public beside the version.", Required = true };
        reason.Validators.Add(ReasonText.Check);
        var command = new Command("pin", "Keep a version whatever the contract's keeping rule says, until it is unpinned.") { dataset, version, reason };
        command.SetAction((parsed, token) => body(
            (context, stop) => RunAsync(context, parsed.GetValue(dataset)!, parsed.GetValue(version)!, ReasonText.Of(parsed.GetValue(reason))!, stop), token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string dataset, string version, string reason, CancellationToken token)
    {
        if (new SnapshotStore(context.Settings.DataFolder).Find(dataset, version) is not { } found)
        {
            return await RefuseAsync(context, PublishingErrors.NoSuchVersion, $"{dataset} has no version {version}.");
        }

        await using var ledger = await RunLedger.OpenAsync(context.Settings.Ledger, context.Clock, token);
        if (found.CollectedAt is not null || !await ledger.PinAsync(new Pin(dataset, version, Actor.OfCommandLine, reason, context.Clock.GetUtcNow()), token))
        {
            return await RefuseAsync(context, PublishingErrors.AlreadyCollected, $"The files of version {version} are no longer kept.");
        }

        await context.Output.WriteLineAsync($"{dataset} {version} is pinned: {reason}");
        return ExitCodes.Good;
    }

    private static async Task<int> RefuseAsync(CommandContext context, ErrorCode code, string sentence)
    {
        await context.Error.WriteLineAsync($"{code.Code}: {sentence}");
        return ExitCodes.SomeFailed;
    }
}
