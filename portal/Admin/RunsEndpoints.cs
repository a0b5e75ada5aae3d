using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Errors;
using OpenData.Portal.Pages;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Publishing;

namespace OpenData.Portal.Admin;

/// <summary>Runs of every dataset, open or not: a list, and one run with its steps and its log. For everybody who has signed in.</summary>
internal static class RunsEndpoints
{
    private const string Seconds = "5";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps them into the group of the administration.</summary>
    public static void MapRuns(this RouteGroupBuilder admin)
    {
        admin.MapMethods("/runs", Reading, ListAsync);
        admin.MapMethods("/runs/{id}", Reading, ShowAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, RunBook runs)
    {
        var filter = RunFilter.From(context.Request.Query);
        Watch(context, filter.Watch);
        var token = context.RequestAborted;
        return AdminAnswers.Page<RunsPage>(context, new
        {
            Filter = filter,
            Runs = await runs.Ledger.ListAsync(filter.Dataset, filter.Status, filter.Before, RunFilter.PageRuns, token),
            Progress = await runs.Ledger.ProgressAsync(token),
        });
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext context, RunBook runs, ServedData served)
    {
        var token = context.RequestAborted;
        var run = await runs.Ledger.FindAsync(id, token)
            ?? throw new OpenDataException(PortalErrors.UnknownRun, new LocalText("Không có lượt nạp mang mã này.", "No run has this id."));
        var progress = await runs.Ledger.ProgressAsync(token);
        var watch = context.Request.Query["watch"] == "1" && run.FinishedAt is null;
        Watch(context, watch);
        var contract = served.Current.Catalog.Find(run.Dataset);
        var quarantine = await runs.Ledger.QuarantineAsync(id, token);
        return AdminAnswers.Page<RunDetailPage>(context, new
        {
            Served = served.Current,
            Run = run,
            Note = progress.GetValueOrDefault(id),
            Watch = watch,
            Steps = await runs.Ledger.StepsAsync(id, token),
            Days = await runs.Ledger.ReconcileDaysAsync(id, token),

            // Not even an operator is told which personal columns a record failed in.
            Quarantine = contract is null ? (IReadOnlyList<QuarantineCount>)[] : DatasetFacts.PublicQuarantine(contract, quarantine),
            Landed = await runs.Ledger.LandingsAsync(id, token),
            Lines = await runs.Ledger.LinesAsync(id, token),
        });
    }

    // Without a script: the browser asks again by itself.
    private static void Watch(HttpContext context, bool wanted)
    {
        if (wanted)
        {
            context.Response.Headers["Refresh"] = Seconds;
        }
    }
}
