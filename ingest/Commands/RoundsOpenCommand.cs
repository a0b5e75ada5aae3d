using System.CommandLine;
using System.Globalization;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Catalogs.Frameworks;
using OpenData.Warehouse.Rounds;

namespace OpenData.Ingest.Commands;

/// <summary><c>rounds open &lt;round&gt; --framework … --units … --from … --to …</c>: freezes the framework and opens a round.</summary>
internal static class RoundsOpenCommand
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");

    internal static Command Make(CommandBody body)
    {
        var id = RoundsCommand.Id();
        var framework = new Option<string>("--framework") { Description = "Name of a framework of the catalogue.", Required = true };
        var units = new Option<string>("--units") { Description = "CSV with code,name and, where wanted, league,ranked,predecessors.", Required = true };
        var from = new Option<string>("--from") { Description = "First day of the period.", Required = true };
        var to = new Option<string>("--to") { Description = "Last day of the period.", Required = true };
        var vi = new Option<string?>("--title-vi") { Description = "Title in Vietnamese. Default: the framework's, with the end of the round's id." };
        var en = new Option<string?>("--title-en") { Description = "Title in English. Default: the framework's, with the end of the round's id." };
        var submit = new Option<string?>("--submit-until") { Description = "Until when units submit, for example 2026-03-31T17:00 (Việt Nam time)." };
        var appeal = new Option<string?>("--appeal-until") { Description = "Until when units appeal. Default: nobody appeals." };
        var previous = new Option<string?>("--previous") { Description = "Id of the round before." };
        var synthetic = new Option<bool>("--synthetic") { Description = "Its units or answers are made up; every page says so." };
        var command = new Command("open", "Open a round; its framework is frozen.") { id, framework, units, from, to, vi, en, submit, appeal, previous, synthetic };
        command.SetAction((parsed, token) => body(
            async (context, stop) =>
            {
                if (Complaint([parsed.GetValue(from)!, parsed.GetValue(to)!], [parsed.GetValue(submit), parsed.GetValue(appeal)]) is { } complaint)
                {
                    await context.Error.WriteLineAsync(complaint);
                    return ExitCodes.Usage;
                }

                return await RoundsCommand.ChangeAsync(
                    context,
                    async book =>
                    {
                        var found = Framework(context, parsed.GetValue(framework)!);
                        var name = parsed.GetValue(id)!;
                        var title = NewRound.TitleOf(found, name);
                        var round = await book.OpenRoundAsync(
                            new RoundActor(Actor.OfCommandLine, RoundRole.Administrator),
                            new NewRound(
                                name,
                                found,
                                new LocalText(parsed.GetValue(vi) ?? title.Vi, parsed.GetValue(en) ?? title.En),
                                Day(parsed.GetValue(from)!)!.Value, // Looked at above.
                                Day(parsed.GetValue(to)!)!.Value,
                                RoundFiles.Units(await RoundsCommand.ReadAsync(parsed.GetValue(units)!, stop)))
                            {
                                IsSynthetic = parsed.GetValue(synthetic),
                                SubmitUntil = Moment(parsed.GetValue(submit)),
                                AppealUntil = Moment(parsed.GetValue(appeal)),
                                Previous = parsed.GetValue(previous),
                            },
                            stop);
                        return string.Create(CultureInfo.InvariantCulture, $"{round.Id} is open; {round.Framework} version {round.FrameworkVersion} is frozen as {round.FactsHash}.");
                    },
                    stop);
            },
            token));
        return command;
    }

    /// <summary>A moment in Việt Nam or with an offset; null for null or what is none.</summary>
    internal static DateTimeOffset? Moment(string? text) => text is null ? null : LocalMoment.Parse(text, Zone);

    private static string? Complaint(IReadOnlyList<string> days, IReadOnlyList<string?> moments)
        => days.Any(d => Day(d) is null) ? "--from and --to are days as 2025-01-31."
            : moments.Any(m => m is not null && Moment(m) is null) ? "--submit-until and --appeal-until are moments as 2026-03-31T17:00, or with an offset."
            : null;

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    // Read with the catalogue: what its queries ask of contracts is checked before it is frozen.
    private static Framework Framework(CommandContext context, string name)
    {
        var reading = FrameworkReader.Read(context.Settings.CatalogFolder, CatalogReader.Read(context.Settings.CatalogFolder).Catalog);
        return reading.Find(name) ?? throw new OpenDataException(RoundErrors.BadRound, new LocalText(
            "Danh mục không có bộ chỉ số này, hoặc tệp của bộ chỉ số có lỗi; hãy chạy lệnh check.",
            "The catalogue has no framework of that name, or its file has mistakes: see `check`."));
    }
}
