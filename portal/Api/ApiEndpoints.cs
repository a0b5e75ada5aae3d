using Microsoft.AspNetCore.Http.HttpResults;
using OpenData.Portal.Pages;
using OpenData.Portal.Serving;

namespace OpenData.Portal.Api;

/// <summary><c>/api/v1</c>: the catalogue, versions, runs and quality as plain JSON. Rows are OData's and the downloads' affair.</summary>
internal static class ApiEndpoints
{
    private const int RunsMax = 1_000;

    private static readonly object[] PageParameters =
    [
        new QueryParameter("limit", "Entries in one part, 1 to 200; 50 when absent.", "50") { IsNumber = true },
        new QueryParameter("offset", "Entries passed over; 0 when absent.", "0") { IsNumber = true },
    ];

    private static readonly QueryParameter AtThatTime =
        new("asof", "A version's name, an instant with offset, or a day: the version of that time.", "2026-11-01");

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps the addresses under the group (<c>/api/v1</c>).</summary>
    public static RouteGroupBuilder MapApi(this RouteGroupBuilder group)
    {
        Add(group.MapMethods("/datasets", Reading, DatasetsAsync), "Datasets", "List datasets", "Open datasets by id; best match first with q.", 400)
            .WithMetadata(
                new QueryParameter("q", "Words to find, with or without accents.", "ho so"),
                new QueryParameter("theme", "Id of a theme.", "government"),
                new QueryParameter("publisher", "Id of a publisher.", "so_noi_vu"),
                new QueryParameter("format", "Only datasets that come in this format: csv, xlsx, geojson, parquet …", "csv"))
            .WithMetadata(PageParameters);
        Add(group.MapMethods("/datasets/{id}", Reading, DatasetAsync), "Datasets", "One dataset", "Columns, downloads, terms of use, lateness.", 400, 404, 410)
            .WithMetadata(AtThatTime);
        Add(group.MapMethods("/datasets/{id}/versions", Reading, VersionsAsync), "Versions", "Versions of a dataset",
            "Newest first, collected ones included: rows added, changed and removed, why it was published, why and until when at least it is kept.", 400, 404)
            .WithMetadata(PageParameters);
        Add(group.MapMethods("/datasets/{id}/versions/{version}", Reading, VersionAsync), "Versions", "One version",
            "Files with checksums, counts, parents, how long it is kept, the address of what changed.", 400, 404);
        Add(group.MapMethods("/datasets/{id}/quality", Reading, QualityAsync), "Datasets", "Quality of a dataset",
            "What became of every received record, refusals by rule, checks, lateness with its cause.", 400, 404, 410)
            .WithMetadata(AtThatTime);
        Add(group.MapMethods("/datasets/{id}/lineage", Reading, Lineage), "Datasets", "Lineage of a dataset",
            "Every published column with the source's field or the columns of other datasets it is made of; parents and children.", 400, 404, 410)
            .WithMetadata(AtThatTime);
        Add(group.MapMethods("/publishers", Reading, Publishers), "Catalogue", "Publishers", "Agencies that answer for at least one open dataset.", 400)
            .WithMetadata(PageParameters);
        Add(group.MapMethods("/themes", Reading, Themes), "Catalogue", "Themes", "Subject headings of at least one open dataset.", 400)
            .WithMetadata(PageParameters);
        Add(group.MapMethods("/runs", Reading, RunsAsync), "Runs", "Runs", "The newest 1,000 runs of open datasets, newest first.", 400, 404, 503)
            .WithMetadata(new QueryParameter("dataset", "Only runs of this dataset.", "one_stop_cases"))
            .WithMetadata(PageParameters);
        Add(group.MapMethods("/runs/{id}", Reading, RunAsync), "Runs", "One run", "Steps with durations and counts; refusals by rule.", 400, 404, 503);
        return group;
    }

    private static RouteHandlerBuilder Add(RouteHandlerBuilder route, string tag, string summary, string description, params ReadOnlySpan<int> failures)
    {
        foreach (var status in failures)
        {
            route.Produces<Problem>(status, "application/problem+json");
        }

        return route.WithTags(tag).WithSummary(summary).WithDescription(description);
    }

    private static async Task<Ok<Page<DatasetSummary>>> DatasetsAsync(
        HttpContext context, ServedData served, RunBook runs, PortalOptions options, TimeProvider clock)
    {
        var paging = Paging.Of(context.Request, "q", "theme", "publisher", "format");
        var facts = await runs.FactsAsync(context.RequestAborted);
        var found = DatasetSearch.Find(served.RequireReady(), DatasetFilter.From(context.Request.Query));
        return TypedResults.Ok(paging.Cut(found, d => ApiAnswers.Summary(d, facts, clock.GetUtcNow()), context.Request, PublicAddress.Root(context.Request, options)));
    }

    private static async Task<Ok<DatasetDetail>> DatasetAsync(
        string id, HttpContext context, ServedData served, AsOf versions, RunBook runs, PortalOptions options, TimeProvider clock)
    {
        Paging.RefuseOthers(context.Request, "asof");
        var state = served.RequireReady();
        var dataset = versions.Of(served.Require(state, id), Value(context.Request, "asof"));
        var facts = await runs.FactsAsync(context.RequestAborted);
        return TypedResults.Ok(ApiAnswers.Detail(dataset, state.Catalog, facts, clock.GetUtcNow(), PublicAddress.Root(context.Request, options)));
    }

    private static async Task<Ok<Page<VersionSummary>>> VersionsAsync(
        string id, HttpContext context, ServedData served, RunBook runs, PortalOptions options, TimeProvider clock)
    {
        var dataset = served.Require(id);
        var paging = Paging.Of(context.Request);
        var facts = await runs.FactsAsync(context.RequestAborted);
        return TypedResults.Ok(paging.Cut(
            facts.Listed(dataset, served.Versions(dataset), clock.GetUtcNow()),
            v => ApiAnswers.Version(v, dataset),
            context.Request,
            PublicAddress.Root(context.Request, options)));
    }

    private static async Task<Ok<VersionDetail>> VersionAsync(
        string id, string version, HttpContext context, ServedData served, RunBook runs, PortalOptions options, TimeProvider clock)
    {
        Paging.RefuseOthers(context.Request);
        var state = served.RequireReady();
        var dataset = served.Require(state, id);
        var facts = await runs.FactsAsync(context.RequestAborted);
        var versions = facts.Listed(dataset, served.Versions(dataset), clock.GetUtcNow());
        var found = versions.FirstOrDefault(v => string.Equals(v.Snapshot.Version, version, StringComparison.Ordinal))
            ?? throw ServedData.NoSuchVersion();
        return TypedResults.Ok(ApiAnswers.VersionDetail(found, versions, dataset, state, PublicAddress.Root(context.Request, options)));
    }

    private static async Task<Ok<QualityDetail>> QualityAsync(
        string id, HttpContext context, ServedData served, AsOf versions, RunBook runs, TimeProvider clock)
    {
        Paging.RefuseOthers(context.Request, "asof");
        var dataset = versions.Of(served.Require(id), Value(context.Request, "asof"));
        var facts = await runs.FactsAsync(context.RequestAborted);
        var explanation = await runs.ExplainAsync(dataset, facts, context.RequestAborted);
        return TypedResults.Ok(ApiAnswers.Quality(dataset, facts, explanation, clock.GetUtcNow()));
    }

    private static Ok<LineageDetail> Lineage(string id, HttpContext context, ServedData served, AsOf versions)
    {
        Paging.RefuseOthers(context.Request, "asof");
        var state = served.RequireReady();
        return TypedResults.Ok(LineageAnswers.Of(versions.Of(served.Require(state, id), Value(context.Request, "asof")), state));
    }

    /// <summary>The parameter as written; null when absent. Written twice it is a value that nothing takes.</summary>
    private static string? Value(HttpRequest request, string name) => request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    private static Ok<Page<CountedItem>> Publishers(HttpContext context, ServedData served, PortalOptions options)
    {
        var state = served.RequireReady();
        var counts = state.Datasets.CountBy(d => d.Contract.Publisher, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var items = state.Catalog.Publishers.Where(p => counts.ContainsKey(p.Id))
            .Select(p => new CountedItem { Id = p.Id, Name = p.Name, Datasets = counts[p.Id] }).ToList();
        return TypedResults.Ok(Paging.Of(context.Request).Cut(items, i => i, context.Request, PublicAddress.Root(context.Request, options)));
    }

    private static Ok<Page<CountedItem>> Themes(HttpContext context, ServedData served, PortalOptions options)
    {
        var state = served.RequireReady();
        var counts = state.Datasets.CountBy(d => d.Contract.Theme, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var items = state.Catalog.Themes.Where(t => counts.ContainsKey(t.Id))
            .Select(t => new CountedItem { Id = t.Id, Name = t.Name, Datasets = counts[t.Id] }).ToList();
        return TypedResults.Ok(Paging.Of(context.Request).Cut(items, i => i, context.Request, PublicAddress.Root(context.Request, options)));
    }

    private static async Task<Ok<Page<RunSummary>>> RunsAsync(HttpContext context, ServedData served, RunBook runs, PortalOptions options)
    {
        var paging = Paging.Of(context.Request, "dataset");
        var state = served.RequireReady();
        var dataset = context.Request.Query["dataset"].ToString();
        if (dataset.Length > 0)
        {
            served.Require(state, dataset);
        }

        var listed = await runs.Ledger.ListAsync(dataset.Length > 0 ? dataset : null, null, RunsMax, context.RequestAborted);
        var open = listed.Where(r => state.Find(r.Dataset) is not null).ToList();
        return TypedResults.Ok(paging.Cut(open, ApiAnswers.Run, context.Request, PublicAddress.Root(context.Request, options)));
    }

    private static async Task<Ok<RunDetail>> RunAsync(string id, HttpContext context, ServedData served, RunBook runs)
    {
        Paging.RefuseOthers(context.Request);
        var state = served.RequireReady();
        var (run, dataset) = await runs.OpenRunAsync(state, id, context.RequestAborted);
        var steps = await runs.Ledger.StepsAsync(id, context.RequestAborted);
        var refused = await runs.Ledger.QuarantineAsync(id, context.RequestAborted);
        return TypedResults.Ok(new RunDetail
        {
            Run = ApiAnswers.Run(run),
            Steps = [.. steps.Select(ApiAnswers.Step)],
            Quarantine = [.. DatasetFacts.PublicQuarantine(dataset.Contract, refused).Select(ApiAnswers.Refusal)],
        });
    }
}
