using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Access;
using OpenData.Portal.Errors;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Accounts;
using OpenData.Warehouse.Ledger;

namespace OpenData.Portal.Admin;

/// <summary>When every dataset is read, whether it is on time, and a button that asks for a run now. Asking is for operators.</summary>
internal static class SchedulesEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps them into the group of the administration.</summary>
    public static void MapSchedules(this RouteGroupBuilder admin)
    {
        admin.MapMethods("/schedules", Reading, ShowAsync);
        admin.MapPost("/schedules/run", AskAsync).RequireRole(AccountRole.Operator);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, RunBook runs, ServedData served, TimeProvider clock)
    {
        var token = context.RequestAborted;
        var facts = await runs.FactsAsync(token);
        var requests = await runs.Ledger.RequestsAsync(token);
        var now = clock.GetUtcNow();
        return AdminAnswers.Page<SchedulesPage>(context, new
        {
            Lines = (IReadOnlyList<ScheduleLine>)
            [
                .. served.Current.Catalog.Datasets.Select(contract => new ScheduleLine(
                    contract,
                    served.Current.Find(contract.Id) is { } dataset ? facts.FreshnessOf(dataset, now) : Freshness.Of(contract.Refresh, facts.Of(contract.Id), now),
                    facts.Latest.GetValueOrDefault(contract.Id),
                    facts.NextSlot(contract.Id),
                    requests.GetValueOrDefault(contract.Id)) { PausedAt = facts.PausedAt(contract.Id) }),
            ],
        });
    }

    private static async Task<IResult> AskAsync(HttpContext context, Desk desk, ServedData served)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var contract = served.Current.Catalog.Find(form["dataset"].ToString())
            ?? throw new OpenDataException(PortalErrors.UnknownDataset, new LocalText("Không có bộ dữ liệu mang mã này.", "No dataset has this id."));
        var ledger = await desk.LedgerAsync(context.RequestAborted);
        await ledger.AskAsync(contract.Id, SignedIn.Require(context).Account.Name, form["full"] == "1", context.RequestAborted);
        return AdminAnswers.SeeOther(context, "/admin/schedules");
    }
}
