using System.CommandLine;
using System.Globalization;
using OpenData.Warehouse.Backup;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Commands;

/// <summary><c>backup &lt;folder&gt;</c> and <c>restore &lt;folder&gt;</c>.</summary>
internal static class BackupCommand
{
    internal static Command Make(CommandBody body)
    {
        var folder = new Argument<string>("folder") { Description = "Folder of the backup: a new one, or that of an earlier backup, of which only what is new is copied." };
        var withoutLanding = new Option<bool>("--without-landing") { Description = "Leave out the source bytes; versions cannot be made again from them then." };
        var pace = PaceOption.Make();
        var command = new Command("backup", "Copy everything worth keeping while worker and portal go on.") { folder, withoutLanding, pace };
        command.SetAction((parsed, token) => body(
            (context, stop) => RunAsync(context, parsed.GetValue(folder)!, !parsed.GetValue(withoutLanding), parsed.GetValue(pace), stop), token));
        return command;
    }

    internal static Command MakeRestore(CommandBody body)
    {
        var folder = new Argument<string>("folder") { Description = "Folder of the backup." };
        var pace = PaceOption.Make();
        var command = new Command("restore", "Fill an empty data folder from a backup, after checking all of it.") { folder, pace };
        command.SetAction((parsed, token) => body((context, stop) => RestoreAsync(context, parsed.GetValue(folder)!, parsed.GetValue(pace), stop), token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string folder, bool withLanding, int? mebibytes, CancellationToken token)
    {
        RestoreMark.RequireNone(context.Settings.DataFolder);
        await using var ledger = RunLedger.ForReading(context.Settings.Ledger, context.Clock);
        var writer = new BackupWriter(
            context.Settings.Ledger, ledger, PaceOption.Of(mebibytes, context.Clock), context.Clock, where => VerifyCommand.Watch(context, where));
        var summary = await Task.Run(() => writer.RunAsync(folder, withLanding, token), token);
        VerifyCommand.Watch(context, "");
        foreach (var finding in summary.Findings)
        {
            await context.Output.WriteLineAsync($"{finding.Code.Code}: {finding.Subject}: {finding.Says}");
        }

        await context.Output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Files} files, {summary.Bytes:N0} bytes in the backup; {summary.FilesCopied} files, {summary.BytesCopied:N0} bytes copied now; {summary.Findings.Count} findings."));
        return summary.Findings.Count == 0 ? ExitCodes.Good : ExitCodes.SomeFailed;
    }

    private static async Task<int> RestoreAsync(CommandContext context, string folder, int? mebibytes, CancellationToken token)
    {
        var restorer = new BackupRestorer(
            context.Settings.Ledger, Actor.OfCommandLine, PaceOption.Of(mebibytes, context.Clock), context.Clock, where => VerifyCommand.Watch(context, where));
        var summary = await Task.Run(() => restorer.RunAsync(folder, token), token);
        VerifyCommand.Watch(context, "");
        await context.Output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Files} files, {summary.Bytes:N0} bytes restored to the state of {summary.MadeAt:yyyy-MM-dd'T'HH:mm:ss'Z'}; {summary.RunsEnded} runs that were at work then are ended."));
        return ExitCodes.Good;
    }
}
