using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Access;
using OpenData.Portal.Errors;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Accounts;
using OpenData.Warehouse.Approvals;
using OpenData.Warehouse.Ledger;

namespace OpenData.Portal.Admin;

/// <summary>Versions that wait for a second person. For approvers; who may decide about which version is judged by the warehouse.</summary>
internal static class ApprovalsEndpoints
{
    private const int DecidedShown = 20;
    private const int ReasonLettersMax = 500;

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps them into the group of the administration.</summary>
    public static void MapApprovals(this RouteGroupBuilder admin)
    {
        var approvals = admin.MapGroup("/approvals").RequireRole(AccountRole.Approver);
        approvals.MapMethods("", Reading, (HttpContext context, RunBook runs, ServedData served, PortalOptions options) => ShowAsync(context, runs, served, options));
        approvals.MapPost("/approve", ApproveAsync);
        approvals.MapPost("/reject", RejectAsync);
    }

    private static async Task<IResult> ApproveAsync(HttpContext context, Desk desk, RunBook runs, ServedData served, PortalOptions options)
    {
        var token = context.RequestAborted;
        var form = await context.Request.ReadFormAsync(token);
        var id = form["id"].ToString();
        DateTimeOffset? notBefore = null;
        if (form["not_before"].ToString().Trim() is { Length: > 0 } time)
        {
            var dataset = (await runs.Ledger.FindWaitingAsync(id, token))?.Dataset ?? "";
            var zone = served.Current.Catalog.Find(dataset)?.TimeZone ?? "Asia/Ho_Chi_Minh";
            notBefore = LocalMoment.Parse(time, TimeZoneInfo.FindSystemTimeZoneById(zone));
            if (notBefore is null)
            {
                return await ShowAsync(context, runs, served, options, ApprovalWords.BadTime, StatusCodes.Status400BadRequest);
            }
        }

        return await DecideAsync(
            context, desk, runs, served, options, (ledger, actor) => ledger.ApproveAsync(id, actor, notBefore, token));
    }

    private static async Task<IResult> RejectAsync(HttpContext context, Desk desk, RunBook runs, ServedData served, PortalOptions options)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return Reason(form) is { } reason
            ? await DecideAsync(
                context, desk, runs, served, options, (ledger, actor) => ledger.RejectAsync(form["id"].ToString(), actor, reason, context.RequestAborted))
            : await ShowAsync(context, runs, served, options, ApprovalWords.BadReason, StatusCodes.Status400BadRequest);
    }

    /// <summary>The reason in a form, in NFC; null when it is not one line of 1 to 500 letters.</summary>
    internal static string? Reason(IFormCollection form)
        => form["reason"].ToString().Trim() is { Length: > 0 and <= ReasonLettersMax } text && !text.Any(char.IsControl)
            ? text.Normalize(System.Text.NormalizationForm.FormC)
            : null;

    private static async Task<IResult> DecideAsync(
        HttpContext context, Desk desk, RunBook runs, ServedData served, PortalOptions options, Func<RunLedger, string, Task<WaitingVersion>> decide)
    {
        try
        {
            await decide(await desk.LedgerAsync(context.RequestAborted), SignedIn.Require(context).Account.Name);
            return AdminAnswers.SeeOther(context, "/admin/approvals");
        }
        catch (OpenDataException mistake) when (AdminAnswers.IsMistake(mistake))
        {
            return await ShowAsync(context, runs, served, options, mistake.Detail, ErrorStatus.Of(mistake.Code));
        }
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context,
        RunBook runs,
        ServedData served,
        PortalOptions options,
        LocalText? problem = null,
        int status = StatusCodes.Status200OK)
    {
        var name = SignedIn.Require(context).Account.Name;
        var folders = new WaitingFolders(options.DataFolder);
        var all = await runs.Ledger.WaitingAsync(null, context.RequestAborted);
        return AdminAnswers.Page<ApprovalsPage>(
            context,
            new
            {
                Problem = problem,
                Open = (IReadOnlyList<ApprovalView>)
                [
                    .. all.Where(w => w.IsOpen).Select(w => new ApprovalView(
                        w,
                        served.Current.Catalog.Find(w.Dataset),
                        folders.Open(w)?.Manifest,
                        served.Store.Current(w.Dataset)?.Manifest,
                        w.ProposedBy.Any(p => PersonName.IsSame(p, name)))),
                ],
                Decided = (IReadOnlyList<WaitingVersion>)[.. all.Where(w => !w.IsOpen).Take(DecidedShown)],
            },
            status);
    }
}
