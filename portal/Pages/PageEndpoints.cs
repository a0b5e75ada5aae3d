using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;
using OpenData.Portal.Downloads;
using OpenData.Portal.Errors;
using OpenData.Portal.Scores;
using OpenData.Portal.Scores.Boards;
using OpenData.Portal.Serving;

namespace OpenData.Portal.Pages;

/// <summary>The pages, Vietnamese at <c>/…</c> and English at <c>/en/…</c>.</summary>
internal static class PageEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Adds server rendering of components; no script is ever sent.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        // Vietnamese letters as themselves: an entity for each would make pages four times as long.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddRazorComponents();
        services.AddSingleton<CsvPreview>();
        services.AddSingleton<WholeRows>();
        services.AddSingleton<PublishedValues>();
        services.AddSingleton<RoundBoards>();
        services.AddSingleton<BoardRobustness>();
        services.AddSingleton<CommuneOutlines>();
        services.AddSingleton<IErrorRenderer, PageErrorRenderer>();
        return services;
    }

    /// <summary>Serves style sheet, icon and fonts under <c>/assets</c>.</summary>
    public static IApplicationBuilder UseSiteAssets(this IApplicationBuilder app) => app.UseStaticFiles(new StaticFileOptions
    {
        FileProvider = new PhysicalFileProvider(SiteAssets.Folder),
        OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "public, max-age=31536000, immutable",
    });

    /// <summary>Maps all pages in both languages.</summary>
    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        foreach (var prefix in new[] { "", "/en" })
        {
            var pages = routes.MapGroup(prefix).ExcludeFromDescription();
            pages.MapMethods("/", Reading, HomeAsync);
            pages.MapMethods("/datasets", Reading, ListAsync);
            pages.MapMethods("/datasets/{id}", Reading, DatasetAsync);
            pages.MapMethods("/datasets/{id}/versions", Reading, VersionsAsync);
            pages.MapMethods("/runs/{id}", Reading, RunAsync);
            pages.MapMethods("/about", Reading, About);
            pages.MapScorePages();
            pages.MapBoardPages();
        }
    }

    private static async Task<RazorComponentResult<HomePage>> HomeAsync(HttpContext context, ServedData served, RunBook runs)
    {
        return Answer<HomePage>(context, new
        {
            Page = PageContext.Of(context),
            Served = served.RequireReady(),
            Facts = await runs.FactsAsync(context.RequestAborted),
        });
    }

    private static async Task<RazorComponentResult<DatasetListPage>> ListAsync(HttpContext context, ServedData served, RunBook runs)
    {
        return Answer<DatasetListPage>(context, new
        {
            Page = PageContext.Of(context),
            Served = served.RequireReady(),
            Facts = await runs.FactsAsync(context.RequestAborted),
            Filter = DatasetFilter.From(context.Request.Query),
            Number = PageNumber(context.Request),
        });
    }

    private static async Task<IResult> DatasetAsync(
        string id, HttpContext context, ServedData served, AsOf versions, RunBook runs, CsvPreview preview, WholeTable tables)
    {
        var state = served.RequireReady();
        var current = served.Require(state, id);
        var dataset = versions.Of(current, context.Request.Query.TryGetValue("asof", out var asOf) ? asOf.ToString() : null);
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        if (AcceptedFormat.InsteadOfPage(context.Request, dataset.Contract) is { } form)
        {
            context.Response.Headers.ContentLocation = FileAddress(dataset, current) + "." + form.Address;
            await tables.SendAsync(context, dataset, form, pinned: false);
            return Results.Empty;
        }

        var page = PageContext.Of(context);
        var facts = await runs.FactsAsync(context.RequestAborted);
        return Answer<DatasetPage>(context, new
        {
            Page = page,
            Dataset = dataset,
            Current = current,
            Files = FileAddress(dataset, current),
            Served = state,
            Verdict = facts.FreshnessOf(dataset, page.Now),
            Versions = served.Versions(current),
            Preview = preview.Of(dataset),
            NextSlot = facts.NextSlot(id),
            Explanation = await runs.ExplainAsync(dataset, facts, context.RequestAborted),
        });
    }

    /// <summary>Address of the version's files without their ending; that of the current version stays the same when a new one comes.</summary>
    private static string FileAddress(ServedDataset dataset, ServedDataset current)
        => dataset.Version == current.Version ? $"/datasets/{dataset.Id}" : $"/datasets/{dataset.Id}/versions/{dataset.Version}";

    private static async Task<RazorComponentResult<VersionsPage>> VersionsAsync(string id, HttpContext context, ServedData served, RunBook runs)
    {
        var dataset = served.Require(id);
        var page = PageContext.Of(context);
        var facts = await runs.FactsAsync(context.RequestAborted);
        return Answer<VersionsPage>(context, new
        {
            Page = page,
            Dataset = dataset,
            Versions = facts.Listed(dataset, served.Versions(dataset), page.Now),
            Number = PageNumber(context.Request),
        });
    }

    private static async Task<RazorComponentResult<RunPage>> RunAsync(string id, HttpContext context, ServedData served, RunBook runs)
    {
        var state = served.RequireReady();
        var (run, dataset) = await runs.OpenRunAsync(state, id, context.RequestAborted);
        return Answer<RunPage>(context, new
        {
            Page = PageContext.Of(context),
            Served = state,
            Dataset = dataset,
            Run = run,
            Steps = await runs.Ledger.StepsAsync(id, context.RequestAborted),
            Days = await runs.Ledger.ReconcileDaysAsync(id, context.RequestAborted),
            Quarantine = DatasetFacts.PublicQuarantine(dataset.Contract, await runs.Ledger.QuarantineAsync(id, context.RequestAborted)),
        });
    }

    private static int PageNumber(HttpRequest request)
        => int.TryParse(request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;

    private static RazorComponentResult<AboutPage> About(HttpContext context)
        => Answer<AboutPage>(context, new { Page = PageContext.Of(context) });

    /// <summary>A page with its parameters, in the language of its address.</summary>
    internal static RazorComponentResult<TPage> Answer<TPage>(HttpContext context, object parameters)
        where TPage : PageComponent
    {
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.ContentLanguage = PageContext.Of(context).Language;
        return new RazorComponentResult<TPage>(parameters) { PreventStreamingRendering = true };
    }
}
