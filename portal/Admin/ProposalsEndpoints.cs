using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Access;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Accounts;
using OpenData.Warehouse.Ledger;

namespace OpenData.Portal.Admin;

/// <summary>Changes of contracts that the sources suggest: look, and decline. Accepting edits the catalogue, which is the worker's command.</summary>
internal static class ProposalsEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps them into the group of the administration.</summary>
    public static void MapProposals(this RouteGroupBuilder admin)
    {
        var proposals = admin.MapGroup("/proposals").RequireRole(AccountRole.Operator);
        proposals.MapMethods("", Reading, (HttpContext context, RunBook runs, PortalOptions options) => ShowAsync(context, runs, options));
        proposals.MapPost("/decline", DeclineAsync);
    }

    private static async Task<IResult> DeclineAsync(HttpContext context, Desk desk, RunBook runs, PortalOptions options)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (ApprovalsEndpoints.Reason(form) is not { } reason)
        {
            return await ShowAsync(context, runs, options, ApprovalWords.BadReason, StatusCodes.Status400BadRequest);
        }

        var ledger = await desk.LedgerAsync(context.RequestAborted);
        var declined = await ledger.DecideProposalAsync(
            form["id"].ToString(), "declined", SignedIn.Require(context).Account.Name, reason, context.RequestAborted);
        return declined
            ? AdminAnswers.SeeOther(context, "/admin/proposals")
            : await ShowAsync(
                context,
                runs,
                options,
                new LocalText("Đề xuất này không còn mở.", "This proposal is no longer open."),
                StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, RunBook runs, PortalOptions options, LocalText? problem = null, int status = StatusCodes.Status200OK)
    {
        var open = await runs.Ledger.ProposalsAsync(onlyOpen: true, context.RequestAborted);
        return AdminAnswers.Page<ProposalsPage>(
            context, new { Problem = problem, Open = (IReadOnlyList<ProposalView>)[.. open.Select(p => View(p, options.CatalogFolder))] }, status);
    }

    private static ProposalView View(Proposal proposal, string catalogFolder)
    {
        try
        {
            return ContractChange.Of(proposal, catalogFolder) is { } change
                ? new ProposalView(proposal, change.Diff(), null)
                : new ProposalView(proposal, null, ApprovalWords.Overtaken);
        }
        catch (OpenDataException e)
        {
            return new ProposalView(proposal, null, e.Detail);
        }
    }
}
