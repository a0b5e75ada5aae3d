using System.CommandLine;
using System.Globalization;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Ingest.Runs;
using OpenData.Warehouse.Approvals;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;

namespace OpenData.Ingest.Commands;

/// <summary><c>approvals list | show | approve | reject</c>: versions that wait for a second person.</summary>
internal static class ApprovalsCommand
{
    internal static Command Make(CommandBody body) => new("approvals", "Versions that wait for a second person: look, approve or turn down.")
    {
        List(body),
        Show(body),
        Approve(body),
        Reject(body),
    };

    private static Argument<string> Id() => new("id") { Description = "Id of the run that made the version." };

    private static Command List(CommandBody body)
    {
        var all = new Option<bool>("--all") { Description = "Those that no longer wait too." };
        var command = new Command("list", "List the versions that wait, newest first.") { all };
        command.SetAction((parsed, token) => body(
            async (context, stop) =>
            {
                await using var ledger = RunLedger.ForReading(context.Settings.Ledger, context.Clock);
                foreach (var waiting in (await ledger.WaitingAsync(null, stop)).Where(w => parsed.GetValue(all) || w.IsOpen))
                {
                    await context.Output.WriteLineAsync(ApprovalText.Line(waiting));
                }

                return ExitCodes.Good;
            },
            token));
        return command;
    }

    private static Command Show(CommandBody body)
    {
        var id = Id();
        var command = new Command("show", "Show a version that waits: counts against the current one, refused records by rule, expectations.") { id };
        command.SetAction((parsed, token) => body(
            async (context, stop) =>
            {
                await using var ledger = RunLedger.ForReading(context.Settings.Ledger, context.Clock);
                if (await ledger.FindWaitingAsync(parsed.GetValue(id)!, stop) is not { } waiting)
                {
                    return await RefuseAsync(context, ApprovalErrors.NothingWaits.Code, "No version waits under that name.");
                }

                var held = new WaitingFolders(context.Settings.DataFolder).Open(waiting);
                foreach (var line in ApprovalText.Lines(waiting, held?.Manifest, new SnapshotStore(context.Settings.DataFolder).Current(waiting.Dataset)?.Manifest))
                {
                    await context.Output.WriteLineAsync(line);
                }

                return ExitCodes.Good;
            },
            token));
        return command;
    }

    private static Command Approve(CommandBody body)
    {
        var id = Id();
        var time = new Option<string?>("--not-before")
        {
            Description = "Publish at this moment, for example 2026-12-01T08:00 in the dataset's zone, or with an offset. Default: at once, or when the contract lets it.",
        };
        var command = new Command("approve", "Approve a version; again: give it another time.") { id, time };
        command.SetAction((parsed, token) => body((context, stop) => ApproveAsync(context, parsed.GetValue(id)!, parsed.GetValue(time), stop), token));
        return command;
    }

    private static Command Reject(CommandBody body)
    {
        var id = Id();
        var reason = new Option<string>("--reason") { Description = "Why; kept with the decision.", Required = true };
        reason.Validators.Add(ReasonText.Check);
        var command = new Command("reject", "Turn a version down; it is not published.") { id, reason };
        command.SetAction((parsed, token) => body(
            (context, stop) => DecideAsync(
                context,
                async () =>
                {
                    await using var ledger = await RunLedger.OpenAsync(context.Settings.Ledger, context.Clock, stop);
                    var rejected = await ledger.RejectAsync(parsed.GetValue(id)!, Actor.OfCommandLine, ReasonText.Of(parsed.GetValue(reason))!, stop);
                    await context.Output.WriteLineAsync($"{rejected.Dataset}: {rejected.RunId} is turned down: {rejected.Reason}");
                }),
            token));
        return command;
    }

    private static async Task<int> ApproveAsync(CommandContext context, string id, string? time, CancellationToken token)
    {
        using var progress = new RunProgress(context.Output, isTerminal: false);
        await using var worker = await IngestWorker.OpenAsync(context.Settings, progress, context.Logs, context.Clock, token);
        DateTimeOffset? notBefore = null;
        if (time is not null)
        {
            var dataset = (await worker.Ledger.FindWaitingAsync(id, token))?.Dataset ?? "";
            var zone = worker.Catalogue.Catalog.Find(dataset)?.TimeZone ?? "Asia/Ho_Chi_Minh";
            notBefore = LocalMoment.Parse(time, TimeZoneInfo.FindSystemTimeZoneById(zone));
            if (notBefore is null)
            {
                await context.Error.WriteLineAsync("--not-before is a moment as 2026-12-01T08:00, in the dataset's zone or with an offset.");
                return ExitCodes.Usage;
            }
        }

        return await DecideAsync(
            context,
            async () =>
            {
                var approved = await worker.Ledger.ApproveAsync(id, Actor.OfCommandLine, notBefore, token);
                Fault.Hit("approve.recorded");
                var released = await worker.ReleaseDueAsync(token);
                if (released.All(r => r.RunId != id))
                {
                    var when = approved.NotBefore is { } at ? "at " + ApprovalText.Time(at) : "within a minute";
                    await context.Output.WriteLineAsync($"{approved.Dataset}: {id} is approved; a serving worker publishes it {when}.");
                }
            });
    }

    private static async Task<int> DecideAsync(CommandContext context, Func<Task> decideAsync)
    {
        try
        {
            await decideAsync();
            return ExitCodes.Good;
        }
        catch (OpenDataException e) when (e.Code == ApprovalErrors.NotYours || e.Code == ApprovalErrors.NothingWaits)
        {
            return await RefuseAsync(context, e.Code.Code, e.Detail.En);
        }
    }

    private static async Task<int> RefuseAsync(CommandContext context, string code, string sentence)
    {
        await context.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{code}: {sentence}"));
        return ExitCodes.SomeFailed;
    }
}
