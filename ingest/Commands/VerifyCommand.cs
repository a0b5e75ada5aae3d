using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using OpenData.Warehouse.Integrity;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Rounds;

namespace OpenData.Ingest.Commands;

/// <summary><c>verify</c>: compares everything in the data folder with what was written down about it.</summary>
internal static class VerifyCommand
{
    internal static Command Make(CommandBody body)
    {
        var json = new Option<bool>("--json") { Description = "One JSON object a line: findings, then the summary." };
        var pace = PaceOption.Make();
        var command = new Command("verify", "Recompute every checksum, and compare publications, manifests, landing, rounds and ledger.") { json, pace };
        command.SetAction((parsed, token) => body(
            (context, stop) => RunAsync(context, parsed.GetValue(json), parsed.GetValue(pace), stop), token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, bool json, int? mebibytes, CancellationToken token)
    {
        await using var ledger = RunLedger.ForReading(context.Settings.Ledger, context.Clock);
        await using var book = RoundBook.ForReading(context.Settings.Ledger, context.Clock);
        var pace = PaceOption.Of(mebibytes, context.Clock);
        var check = new DataFolderCheck(context.Settings.DataFolder, ledger, book, pace, where => Watch(context, where));
        var summary = await Task.Run(() => check.RunAsync(token), token);
        Watch(context, "");
        foreach (var finding in summary.Findings)
        {
            await context.Output.WriteLineAsync(json
                ? JsonSerializer.Serialize(new { code = finding.Code.Code, subject = finding.Subject, says = finding.Says })
                : $"{finding.Code}: {finding.Subject}: {finding.Says}");
        }

        await context.Output.WriteLineAsync(json
            ? JsonSerializer.Serialize(new { datasets = summary.Datasets, versions = summary.Versions, landed = summary.Landed, bytes = summary.Bytes, findings = summary.Findings.Count })
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{summary.Datasets} datasets, {summary.Versions} versions, {summary.Landed} landed files, {summary.Bytes:N0} bytes verified; {summary.Findings.Count} findings."));
        return summary.Findings.Count == 0 ? ExitCodes.Good : ExitCodes.SomeFailed;
    }

    // For a person who waits; a log gets results only.
    internal static void Watch(CommandContext context, string where)
    {
        if (context.IsTerminal)
        {
            context.Error.Write($"\r{where,-70}\r");
        }
    }
}
