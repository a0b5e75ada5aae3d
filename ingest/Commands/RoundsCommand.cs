using System.CommandLine;
using System.Globalization;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Rounds;
using OpenData.Warehouse.ScoreTables;

namespace OpenData.Ingest.Commands;

/// <summary>
/// <c>rounds …</c>: assessment rounds, for whoever runs the machine. Who has the command line has the data folder too, so it takes the role that each step asks for;
/// that nobody judges what is their own holds here as well.
/// </summary>
internal static class RoundsCommand
{
    private const long FileBytesMax = 64 << 20;

    internal static Command Make(CommandBody body) => new("rounds", "Assessment rounds: open, enter, compute, decide, publish.")
    {
        RoundsOpenCommand.Make(body),
        List(body),
        Show(body),
        Compute(body),
        Import(body),
        Publish(body),
        Step(body, "submit", RoundAction.Submit, RoundRole.Administrator, "Give the form of a unit in for it, with a reason."),
        Step(body, "screen", RoundAction.Screen, RoundRole.Verifier, "Find the form of a unit complete."),
        Step(body, "return", RoundAction.Return, RoundRole.Verifier, "Give the form back to the unit, with a reason."),
        Accept(body),
        Step(body, "verify", RoundAction.Verify, RoundRole.Verifier, "End the verification of a unit."),
        Step(body, "close", RoundAction.Close, RoundRole.Council, "Close a unit: the council has decided."),
        Step(body, "reopen", RoundAction.Reopen, RoundRole.Administrator, "Open a closed or published unit to the council again, with a reason."),
    };

    /// <summary>The round's id as an argument.</summary>
    internal static Argument<string> Id() => new("round") { Description = "Id of the round, for example dti_department-2025." };

    /// <summary>Runs a change; what the rules refuse ends with a sentence and exit code 1.</summary>
    internal static async Task<int> ChangeAsync(CommandContext context, Func<RoundBook, Task<string>> changeAsync, CancellationToken token)
    {
        try
        {
            await using var book = await RoundBook.OpenAsync(context.Settings.Ledger, context.Clock, token);
            await context.Output.WriteLineAsync(await changeAsync(book));
            return ExitCodes.Good;
        }
        catch (OpenDataException e) when (e.Code.Code.StartsWith("OD30", StringComparison.Ordinal))
        {
            await context.Error.WriteLineAsync($"{e.Code}: {e.Detail.En}");
            return ExitCodes.SomeFailed;
        }
    }

    /// <summary>The text of a file that the command line names.</summary>
    /// <exception cref="OpenDataException"><see cref="RoundErrors.BadFile"/>.</exception>
    internal static async Task<string> ReadAsync(string path, CancellationToken token)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length <= FileBytesMax
            ? await File.ReadAllTextAsync(path, token)
            : throw new OpenDataException(RoundErrors.BadFile, new LocalText("Không có tệp này, hoặc tệp lớn hơn 64 MiB.", "There is no such file, or it is larger than 64 MiB."));
    }

    private static RoundActor As(RoundRole role) => new(Actor.OfCommandLine, role);

    private static Command List(CommandBody body)
    {
        var command = new Command("list", "List the rounds, the latest opened first.");
        command.SetAction((_, token) => body(
            async (context, stop) =>
            {
                await using var book = RoundBook.ForReading(context.Settings.Ledger, context.Clock);
                foreach (var round in await book.ListAsync(stop))
                {
                    await context.Output.WriteLineAsync(RoundLines.Of(round, await book.UnitsAsync(round.Id, stop), await book.RevisionsAsync(round.Id, stop), context.Clock.GetUtcNow()));
                }

                return ExitCodes.Good;
            },
            token));
        return command;
    }

    private static Command Show(CommandBody body)
    {
        var id = Id();
        var command = new Command("show", "Show a round: its publications, and its units with stage, self, verified and final score.") { id };
        command.SetAction((parsed, token) => body(
            async (context, stop) =>
            {
                await using var book = RoundBook.ForReading(context.Settings.Ledger, context.Clock);
                if (await book.FindAsync(parsed.GetValue(id)!, stop) is not { } round)
                {
                    await context.Error.WriteLineAsync($"{RoundErrors.UnknownRound}: No round has this id.");
                    return ExitCodes.SomeFailed;
                }

                var content = await book.ContentAsync(round.Id, null, stop);
                var revisions = await book.RevisionsAsync(round.Id, stop);
                await context.Output.WriteLineAsync(RoundLines.Of(round, content.Units, revisions, context.Clock.GetUtcNow()));
                foreach (var line in RoundLines.Revisions(revisions).Concat(RoundLines.Units(content, RoundResults.Of(content))))
                {
                    await context.Output.WriteLineAsync(line);
                }

                return ExitCodes.Good;
            },
            token));
        return command;
    }

    private static Command Compute(CommandBody body)
    {
        var id = Id();
        var command = new Command("compute", "Compute the automatic inputs from the published versions.") { id };
        command.SetAction((parsed, token) => body(
            (context, stop) => ChangeAsync(
                context,
                async book =>
                {
                    var content = await book.ContentAsync(parsed.GetValue(id)!, null, stop);
                    var drafts = AutomaticAnswers.Compute(content, new SnapshotStore(context.Settings.DataFolder), context.Settings.Engine, context.Clock, stop);
                    var added = await book.RecordAutomaticAsync(As(RoundRole.Administrator), content.Round.Id, drafts, stop);
                    return string.Create(CultureInfo.InvariantCulture, $"{content.Round.Id}: {drafts.Count} answers computed, {added} new.");
                },
                stop),
            token));
        return command;
    }

    private static Command Import(CommandBody body)
    {
        var id = Id();
        var path = new Argument<string>("file") { Description = "CSV with unit,component,role,value and, where wanted, kind,explanation,reason." };
        var command = new Command("import", "Enter the answers of a whole past round from a file; all of it or nothing.") { id, path };
        command.SetAction((parsed, token) => body(
            (context, stop) => ChangeAsync(
                context,
                async book =>
                {
                    var content = await book.ContentAsync(parsed.GetValue(id)!, null, stop);
                    var drafts = RoundFiles.Answers(await ReadAsync(parsed.GetValue(path)!, stop), content.Round.FrozenFramework());
                    var added = await book.ImportAsync(As(RoundRole.Administrator), content.Round.Id, drafts, stop);
                    return string.Create(CultureInfo.InvariantCulture, $"{content.Round.Id}: {drafts.Count} answers, {added} new.");
                },
                stop),
            token));
        return command;
    }

    private static Command Publish(CommandBody body)
    {
        var id = Id();
        var time = new Option<string?>("--not-before") { Description = "Embargo: nobody sees it before, for example 2026-12-01T08:00 (Việt Nam time) or with an offset." };
        var reason = new Option<string?>("--reason") { Description = "Why it is corrected; needed from the second publication on." };
        reason.Validators.Add(ReasonText.Check);
        var command = new Command("publish", "Publish a round; again: correct it by a new revision.") { id, time, reason };
        command.SetAction((parsed, token) => body(
            async (context, stop) =>
            {
                var embargo = RoundsOpenCommand.Moment(parsed.GetValue(time));
                if (parsed.GetValue(time) is not null && embargo is null)
                {
                    await context.Error.WriteLineAsync("--not-before is a moment as 2026-12-01T08:00, or with an offset.");
                    return ExitCodes.Usage;
                }

                return await ChangeAsync(
                    context,
                    async book =>
                    {
                        var revision = await book.PublishAsync(As(RoundRole.Administrator), parsed.GetValue(id)!, embargo, ReasonText.Of(parsed.GetValue(reason)), ScoreDatasets.Of(CatalogReader.Read(context.Settings.CatalogFolder).Catalog), stop);
                        return $"{revision.Round}: {RoundLines.Of(revision)}";
                    },
                    stop);
            },
            token));
        return command;
    }

    private static Command Accept(CommandBody body)
    {
        var id = Id();
        var unit = new Argument<string>("unit") { Description = "Code of the unit." };
        var command = new Command("accept", "Take over the unit's own answers, as verified, that nobody has verified yet.") { id, unit };
        command.SetAction((parsed, token) => body(
            (context, stop) => ChangeAsync(
                context,
                async book =>
                {
                    var accepted = await book.AcceptAsync(As(RoundRole.Verifier), parsed.GetValue(id)!, parsed.GetValue(unit)!, null, stop);
                    return string.Create(CultureInfo.InvariantCulture, $"{parsed.GetValue(unit)}: {accepted} answers verified.");
                },
                stop),
            token));
        return command;
    }

    private static Command Step(CommandBody body, string name, RoundAction action, RoundRole role, string description)
    {
        var id = Id();
        var unit = new Argument<string>("unit") { Description = "Code of the unit." };
        var reason = new Option<string?>("--reason") { Description = "Why; kept with the step.", Required = StageRules.NeedsReason(action, role) };
        reason.Validators.Add(ReasonText.Check);
        var command = new Command(name, description) { id, unit, reason };
        command.SetAction((parsed, token) => body(
            (context, stop) => ChangeAsync(
                context,
                async book =>
                {
                    var stage = await book.ActAsync(As(role), parsed.GetValue(id)!, parsed.GetValue(unit)!, action, ReasonText.Of(parsed.GetValue(reason)) ?? "", stop);
                    return $"{parsed.GetValue(unit)}: {RoundText.Of(stage)}";
                },
                stop),
            token));
        return command;
    }
}
