using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Access;
using OpenData.Portal.Admin;
using OpenData.Portal.Errors;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Accounts;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Rounds;
using OpenData.Warehouse.ScoreTables;

namespace OpenData.Portal.Assessments;

/// <summary>The desk of assessment rounds: which there are, one round with its units, and what its administrator does with it.</summary>
internal static class AssessmentEndpoints
{
    /// <summary>Address, Vietnamese.</summary>
    public const string Root = "/admin/assessments";

    private const long ComputeBytesMax = 512L << 20;

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");

    /// <summary>Maps them into the group of the administration. Whoever only runs the platform has no business here.</summary>
    public static void MapAssessments(this RouteGroupBuilder admin)
    {
        var group = admin.MapGroup("/assessments").RequireRole([.. AccountRoles.Scoring]);
        group.MapMethods("", Reading, ListAsync);
        group.MapMethods("/{round}", Reading, (string round, HttpContext context, Desk desk, TimeProvider clock) => ShowAsync(round, context, desk, clock));
        group.MapUnits();

        var administration = admin.MapGroup("/assessments").RequireRole(AccountRole.ScoringAdministrator);
        administration.MapOpening();
        administration.MapPost("/{round}/compute", ComputeAsync);
        administration.MapPost("/{round}/publish", PublishAsync);
    }

    /// <summary>A moment of Việt Nam that a form sent; null for none.</summary>
    public static DateTimeOffset? Moment(string text) => text.Length == 0 ? null : LocalMoment.Parse(text, Zone);

    private static async Task<IResult> ListAsync(HttpContext context, Desk desk)
    {
        var token = context.RequestAborted;
        var rights = SignedIn.Require(context).Account.Rights;
        var book = await desk.RoundsAsync(token);
        var rounds = new List<(Round Round, IReadOnlyList<RoundUnit> Units)>();
        foreach (var round in await book.ListAsync(token))
        {
            var units = (await book.UnitsAsync(round.Id, token)).Where(u => rights.MaySeeDraft(u.Code)).ToList();
            if (units.Count > 0)
            {
                rounds.Add((round, units));
            }
        }

        return AdminAnswers.Page<RoundsPage>(context, new { Rounds = (IReadOnlyList<(Round, IReadOnlyList<RoundUnit>)>)rounds, rights.MayAdminister });
    }

    private static async Task<IResult> ComputeAsync(string round, HttpContext context, Desk desk, ServedData served, TimeProvider clock)
    {
        var token = context.RequestAborted;
        var actor = UnitTasks.Administrator(SignedIn.Require(context).Account.Rights);
        var book = await desk.RoundsAsync(token);
        try
        {
            var content = await book.ContentAsync(round, null, token);

            // The queries keep a thread busy until they end.
            var drafts = await Task.Run(
                () => AutomaticAnswers.Compute(content, served.Store, new EngineOptions { Threads = 1, MemoryBytesMax = ComputeBytesMax }, clock, token), token);
            var added = await book.RecordAutomaticAsync(actor, round, drafts, token);
            return await ShowAsync(round, context, desk, clock, note: new LocalText($"{AssessmentWords.Computed.Vi}: {added}", $"{AssessmentWords.Computed.En}: {added}"));
        }
        catch (OpenDataException mistake) when (mistake.Code != RoundErrors.UnknownRound && AdminAnswers.IsMistake(mistake))
        {
            return await ShowAsync(round, context, desk, clock, mistake.Detail, status: ErrorStatus.Of(mistake.Code));
        }
    }

    private static async Task<IResult> PublishAsync(string round, HttpContext context, Desk desk, ServedData served, TimeProvider clock)
    {
        var token = context.RequestAborted;
        var actor = UnitTasks.Administrator(SignedIn.Require(context).Account.Rights);
        var form = await context.Request.ReadFormAsync(token);
        var text = form["not_before"].ToString().Trim();
        var notBefore = Moment(text);
        if (text.Length > 0 && notBefore is null)
        {
            return await ShowAsync(round, context, desk, clock, AssessmentWords.BadMoment, status: StatusCodes.Status400BadRequest);
        }

        try
        {
            var book = await desk.RoundsAsync(token);
            var reason = form["reason"].ToString().Trim() is { Length: > 0 } written ? written : null;
            await book.PublishAsync(actor, round, notBefore, reason, ScoreDatasets.Of(served.Current.Catalog), token);
            return AdminAnswers.SeeOther(context, $"{Root}/{Uri.EscapeDataString(round)}");
        }
        catch (OpenDataException mistake) when (mistake.Code != RoundErrors.UnknownRound && AdminAnswers.IsMistake(mistake))
        {
            return await ShowAsync(round, context, desk, clock, mistake.Detail, status: ErrorStatus.Of(mistake.Code));
        }
    }

    private static async Task<IResult> ShowAsync(
        string round, HttpContext context, Desk desk, TimeProvider clock, LocalText? problem = null, LocalText? note = null, int status = StatusCodes.Status200OK)
    {
        var token = context.RequestAborted;
        var rights = SignedIn.Require(context).Account.Rights;
        var book = await desk.RoundsAsync(token);
        return AdminAnswers.Page<RoundPage>(
            context,
            new
            {
                Problem = problem,
                Note = note,
                View = RoundView.Of(
                    await book.ContentAsync(round, null, token), await book.HistoryAsync(round, null, token), await book.RevisionsAsync(round, token), rights, clock.GetUtcNow()),
            },
            status);
    }
}
