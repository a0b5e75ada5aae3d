using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;
using OpenData.Portal.Downloads;
using OpenData.Portal.Errors;
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

        // Components bring data protection along; nothing here uses its keys, so none are written to disk.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddSingleton<CsvPreview>();
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
            pages.MapMethods("/about", Reading, About);
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
            Number = int.TryParse(context.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1,
        });
    }

    private static async Task<IResult> DatasetAsync(
        string id, HttpContext context, ServedData served, RunBook runs, CsvPreview preview, WholeTable tables)
    {
        var state = served.RequireReady();
        var dataset = served.Require(state, id);
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        if (AcceptedFormat.InsteadOfPage(context.Request, dataset.Contract) is { } form)
        {
            context.Response.Headers.ContentLocation = $"/datasets/{id}.{form.Address}";
            await tables.SendAsync(context, dataset, form, pinned: false);
            return Results.Empty;
        }

        var page = PageContext.Of(context);
        var facts = await runs.FactsAsync(context.RequestAborted);
        return Answer<DatasetPage>(context, new
        {
            Page = page,
            Dataset = dataset,
            Served = state,
            Verdict = facts.FreshnessOf(dataset, page.Now),
            Versions = served.Versions(dataset),
            Preview = preview.Of(dataset),
            NextSlot = facts.NextSlot(id),
        });
    }

    private static RazorComponentResult<AboutPage> About(HttpContext context)
        => Answer<AboutPage>(context, new { Page = PageContext.Of(context) });

    private static RazorComponentResult<TPage> Answer<TPage>(HttpContext context, object parameters)
        where TPage : PageComponent
    {
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.ContentLanguage = PageContext.Of(context).Language;
        return new RazorComponentResult<TPage>(parameters) { PreventStreamingRendering = true };
    }
}
