using System.CommandLine;
using System.Globalization;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Commands;

/// <summary><c>pins [dataset]</c>: which versions are pinned, by whom, when and why.</summary>
internal static class PinsCommand
{
    internal static Command Make(CommandBody body)
    {
        var dataset = new Argument<string?>("dataset") { Arity = ArgumentArity.ZeroOrOne, Description = "Only this dataset." };
        var command = new Command("pins", "List the pinned versions with who pinned them, when and why.") { dataset };
        command.SetAction((parsed, token) => body((context, stop) => RunAsync(context, parsed.GetValue(dataset), stop), token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string? dataset, CancellationToken token)
    {
        await using var ledger = RunLedger.ForReading(context.Settings.Ledger, context.Clock);
        foreach (var pin in await ledger.PinsAsync(dataset, token))
        {
            var at = pin.PinnedAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            await context.Output.WriteLineAsync($"{pin.Dataset}  {pin.Version}  {at}  {pin.PinnedBy}  {pin.Reason}");
        }

        return ExitCodes.Good;
    }
}
