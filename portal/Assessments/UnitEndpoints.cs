using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Catalogs.Frameworks;
using OpenData.Portal.Access;
using OpenData.Portal.Admin;
using OpenData.Portal.Assessments.Workbooks;
using OpenData.Portal.Errors;
using OpenData.Portal.Pages;
using OpenData.Warehouse.Rounds;
using OpenData.Warehouse.Scoring;
using OpenData.Warehouse.Scoring.Explanation;

namespace OpenData.Portal.Assessments;

/// <summary>
/// One unit of a round: its page, its form by main index, its evidence, its steps. Officers, verifiers and the council use the same addresses; what they see and can do
/// follows from rights and stage (<see cref="UnitTasks"/>), never from the address or the form.
/// </summary>
internal static class UnitEndpoints
{
    /// <summary>One sheet with its files, or anything else that is sent here: 64 MiB. Beyond it the connection ends, and a browser shows no reason.</summary>
    private const long RequestBytesMax = 64L << 20;

    /// <summary>A filled-in form: 8 MiB.</summary>
    private const long FormBytesMax = 8L << 20;

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    private static readonly RoundAction[] Steps =
        [RoundAction.Submit, RoundAction.Screen, RoundAction.Return, RoundAction.Verify, RoundAction.Close, RoundAction.Reopen];

    /// <summary>Maps them into the group of the desk.</summary>
    public static void MapUnits(this RouteGroupBuilder group)
    {
        var pages = group.MapGroup("/{round}/units/{unit}");
        pages.MapMethods("", Reading, async (string round, string unit, HttpContext context, Desk desk, TimeProvider clock)
            => await ShowAsync(context, desk, await ReadAsync(round, unit, context, desk, clock)));
        pages.MapPost("/step", StepAsync);
        pages.MapMethods("/evidence/{id}", Reading, EvidenceAsync);
        pages.MapMethods("/form.xlsx", Reading, FormAsync);
        pages.MapPost("/form.xlsx", UploadAsync).WithMetadata(new RequestSizeLimitAttribute(RequestBytesMax));
        pages.MapMethods("/{index}", Reading, async (string round, string unit, string index, HttpContext context, Desk desk, TimeProvider clock) =>
        {
            var dossier = await ReadAsync(round, unit, context, desk, clock);
            return ShowSheet(context, dossier, IndexOf(dossier, index), []);
        });
        pages.MapPost("/{index}", SaveAsync).WithMetadata(new RequestSizeLimitAttribute(RequestBytesMax));
    }

    private static async Task<UnitDossier> ReadAsync(string round, string unit, HttpContext context, Desk desk, TimeProvider clock)
        => await UnitDossier.ReadAsync(
            await desk.RoundsAsync(context.RequestAborted), round, unit, SignedIn.Require(context).Account.Rights, clock.GetUtcNow(), context.RequestAborted);

    private static async Task<IResult> SaveAsync(string round, string unit, string index, HttpContext context, Desk desk, PortalOptions options, TimeProvider clock)
    {
        var token = context.RequestAborted;
        var dossier = await ReadAsync(round, unit, context, desk, clock);
        var sheet = IndexOf(dossier, index);
        var form = await context.Request.ReadFormAsync(token);
        if (RoundText.Find<EntryKind>(form["kind"].ToString()) is not { } kind)
        {
            throw ClosedDoors.RoleMissing();
        }

        var actor = UnitTasks.Entering(dossier.Rights, unit, dossier.AnsweredBy, kind);
        var book = await desk.RoundsAsync(token);
        var (saved, refused) = await new Sheet(book, new EvidenceStore(options.DataFolder), dossier, actor, kind, PageContext.Of(context).Language)
            .SaveAsync(sheet, form, token);
        if (refused.Count > 0)
        {
            return ShowSheet(context, await ReadAsync(round, unit, context, desk, clock), sheet, refused, StatusCodes.Status400BadRequest);
        }

        var next = form["go"] == "next" ? dossier.Framework.MainIndices.SkipWhile(m => m.Code != index).Skip(1).FirstOrDefault(m => m.Components.Count > 0) : null;
        return AdminAnswers.SeeOther(
            context,
            string.Create(CultureInfo.InvariantCulture, $"{(next is null && form["go"] == "next" ? dossier.Path : dossier.SheetPath(next?.Code ?? index))}?saved={saved}"));
    }

    private static async Task<IResult> FormAsync(string round, string unit, HttpContext context, Desk desk, TimeProvider clock)
    {
        var dossier = await ReadAsync(round, unit, context, desk, clock);
        return Results.File(FormWorkbook.Write(dossier, PageContext.Of(context).Language), FormWorkbook.MediaType, $"{round}_{unit}.xlsx");
    }

    private static async Task<IResult> UploadAsync(string round, string unit, HttpContext context, Desk desk, PortalOptions options, TimeProvider clock)
    {
        var token = context.RequestAborted;
        var dossier = await ReadAsync(round, unit, context, desk, clock);
        var actor = UnitTasks.Entering(dossier.Rights, unit, dossier.AnsweredBy, EntryKind.Self);
        var form = await context.Request.ReadFormAsync(token);
        try
        {
            if (form.Files["form"] is not { Length: > 0 } file)
            {
                throw new OpenDataException(RoundErrors.BadFile, AssessmentWords.NoForm);
            }

            if (file.Length > FormBytesMax)
            {
                throw new OpenDataException(RoundErrors.BadFile, AssessmentWords.FormTooLarge);
            }

            var language = PageContext.Of(context).Language;
            var sheet = new Sheet(await desk.RoundsAsync(token), new EvidenceStore(options.DataFolder), dossier, actor, EntryKind.Self, language);
            await using var stream = file.OpenReadStream();
            var (saved, problems) = await new FormUpload(sheet, dossier, actor, language).SaveAsync(stream, token);
            return problems.Count == 0
                ? AdminAnswers.SeeOther(context, string.Create(CultureInfo.InvariantCulture, $"{dossier.Path}?saved={saved}"))
                : await ShowAsync(
                    context, desk, await ReadAsync(round, unit, context, desk, clock), AssessmentWords.CellsWrong, cells: problems, status: StatusCodes.Status400BadRequest);
        }
        catch (OpenDataException mistake) when (mistake.Code != AccessErrors.RoleMissing && AdminAnswers.IsMistake(mistake))
        {
            return await ShowAsync(context, desk, await ReadAsync(round, unit, context, desk, clock), mistake.Detail, status: ErrorStatus.Of(mistake.Code));
        }
    }

    private static async Task<IResult> StepAsync(string round, string unit, HttpContext context, Desk desk, TimeProvider clock)
    {
        var token = context.RequestAborted;
        var dossier = await ReadAsync(round, unit, context, desk, clock);
        var form = await context.Request.ReadFormAsync(token);
        var book = await desk.RoundsAsync(token);
        var reason = form["reason"].ToString();
        try
        {
            if (form["action"] == "accept")
            {
                var verifier = UnitTasks.Entering(dossier.Rights, unit, dossier.AnsweredBy, EntryKind.Verified);
                await book.AcceptAsync(verifier, round, unit, null, token);
            }
            else if (RoundText.Find<RoundAction>(form["action"].ToString()) is { } action && Steps.Contains(action))
            {
                await book.ActAsync(UnitTasks.Taking(dossier.Rights, unit, dossier.AnsweredBy, action), round, unit, action, reason, token);
            }
            else
            {
                throw ClosedDoors.RoleMissing();
            }
        }
        catch (OpenDataException mistake) when (mistake.Code != AccessErrors.RoleMissing && AdminAnswers.IsMistake(mistake))
        {
            return await ShowAsync(context, desk, await ReadAsync(round, unit, context, desk, clock), mistake.Detail, reason, status: ErrorStatus.Of(mistake.Code));
        }

        return AdminAnswers.SeeOther(context, dossier.Path);
    }

    /// <summary>A document, always as a file to keep: its bytes are whatever somebody gave us, and no browser shows them as a page of ours.</summary>
    private static async Task<IResult> EvidenceAsync(string round, string unit, string id, HttpContext context, Desk desk, PortalOptions options, TimeProvider clock)
    {
        var dossier = await ReadAsync(round, unit, context, desk, clock);
        var evidence = dossier.Evidence.FirstOrDefault(e => e.Id == id) ?? throw AssessmentWords.UnknownEvidence();
        var file = new EvidenceStore(options.DataFolder).Open(evidence.Sha256) ?? throw AssessmentWords.UnknownEvidence();
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return Results.File(file, evidence.MediaType, evidence.FileName);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context,
        Desk desk,
        UnitDossier dossier,
        LocalText? problem = null,
        string reason = "",
        IReadOnlyList<CellProblem>? cells = null,
        int status = StatusCodes.Status200OK)
    {
        var content = await (await desk.RoundsAsync(context.RequestAborted)).ContentAsync(dossier.Round.Id, null, context.RequestAborted);
        var (judges, result) = (UnitTasks.SeesAll(dossier.Rights), Result(dossier, content));
        var anomalies = judges ? RoundAnomalies.Of(content, result).Where(a => a.Units.Contains(dossier.Unit.Code, StringComparer.Ordinal)).ToList() : [];
        return AdminAnswers.Page<UnitPage>(
            context,
            new { Dossier = dossier, Result = result, Problem = problem, Reason = reason, Saved = context.Request.Query["saved"].ToString(), Cells = cells ?? [], Anomalies = (IReadOnlyList<Anomaly>)anomalies },
            status);
    }

    private static RazorComponentResult<SheetPage> ShowSheet(
        HttpContext context, UnitDossier dossier, MainIndex index, IReadOnlyList<SheetEntry> refused, int status = StatusCodes.Status200OK)
    {
        var language = PageContext.Of(context).Language;
        var kind = UnitTasks.Enters(dossier.Task);
        var scores = SelfScores(dossier);
        var entries = index.Components.Select(c =>
        {
            var standing = SheetEntry.Standing(dossier, c, kind, scores.GetValueOrDefault(c.Code), language);
            return refused.FirstOrDefault(r => r.Component.Code == c.Code) is { } bad
                ? standing with
                {
                    Typed = bad.Typed,
                    Problem = bad.Problem,
                    Problems = bad.Problems,
                    Evidence = [.. standing.Evidence.Concat(dossier.Evidence.Where(e => bad.Typed.Evidence.Contains(e.Id))).DistinctBy(e => e.Id)],
                }
                : standing;
        }).ToList();
        return AdminAnswers.Page<SheetPage>(
            context,
            new
            {
                Dossier = dossier,
                Index = index,
                Rows = (IReadOnlyList<SheetEntry>)entries,
                Problem = refused.Count > 0 ? AssessmentWords.NotSaved : null,
                Saved = context.Request.Query["saved"].ToString(),
            },
            status);
    }

    /// <summary>
    /// The whole round's result for whoever judges, and for officers once every unit is verified. Before that, points that depend on the best of a league count for
    /// nothing: what other units answered so far is no affair of an officer. A merged unit has its predecessors' values.
    /// </summary>
    private static RoundResult Result(UnitDossier dossier, RoundContent content)
        => UnitTasks.SeesAll(dossier.Rights) || content.Units.All(u => u.IsMerged || u.Stage >= UnitStage.Verified)
            ? RoundResults.Of(content)
            : OwnResult(dossier, content);

    private static RoundResult OwnResult(UnitDossier dossier, RoundContent content)
    {
        var (relative, own) = (Relative(dossier.Framework), dossier.Unit.Predecessors.Append(dossier.Unit.Code).ToHashSet(StringComparer.Ordinal));
        return RoundResults.Of(content with
        {
            Units = [.. content.Units.Where(u => own.Contains(u.Code))],
            Entries = [.. content.Entries.Where(e => own.Contains(e.Unit) && !relative.Contains(e.Component))],
        });
    }

    private static Dictionary<string, ComponentScore> SelfScores(UnitDossier dossier)
    {
        if (dossier.Unit.IsMerged)
        {
            return [];
        }

        var relative = Relative(dossier.Framework);
        return OwnResult(dossier, new RoundContent(dossier.Round, [dossier.Unit], dossier.Entries, dossier.Evidence)).Self.Units[0].Components.Where(c => !relative.Contains(c.Component)).ToDictionary(c => c.Component, StringComparer.Ordinal);
    }

    private static HashSet<string> Relative(Framework framework)
        => framework.Components.Where(c => c.Formula is Formula.RelativeToBest).Select(c => c.Code).ToHashSet(StringComparer.Ordinal);

    private static MainIndex IndexOf(UnitDossier dossier, string code)
        => dossier.Framework.MainIndices.FirstOrDefault(m => m.Code == code && m.Components.Count > 0) ?? throw AssessmentWords.UnknownIndex();
}
