using Microsoft.AspNetCore.Http.HttpResults;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Catalogs.Frameworks;
using OpenData.Portal.Api;
using OpenData.Portal.Errors;
using OpenData.Portal.Pages;
using OpenData.Portal.Serving;

namespace OpenData.Portal.Scores;

/// <summary>Scoring frameworks for readers, <c>/scores/frameworks</c> and <c>/scores/method</c>, and for programs, <c>/api/v1/scores/frameworks</c>.</summary>
internal static class FrameworkEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps the pages in both languages.</summary>
    public static void MapFrameworkPages(this IEndpointRouteBuilder routes)
    {
        foreach (var prefix in new[] { "", "/en" })
        {
            var pages = routes.MapGroup(prefix + "/scores").ExcludeFromDescription();
            pages.MapMethods("/frameworks", Reading, (HttpContext context, ServedData served)
                => PageEndpoints.Answer<FrameworksPage>(context, new { Page = PageContext.Of(context), served.RequireReady().Frameworks }));
            pages.MapMethods("/frameworks/{id}", Reading, Show);
            pages.MapMethods("/frameworks/{id}/compare", Reading, Compare);
            pages.MapMethods("/method", Reading, (HttpContext context) => PageEndpoints.Answer<MethodPage>(context, new { Page = PageContext.Of(context) }));
        }
    }

    /// <summary>Maps the addresses under the group (<c>/api/v1</c>).</summary>
    public static RouteGroupBuilder MapFrameworks(this RouteGroupBuilder group)
    {
        group.MapMethods("/scores/frameworks", Reading, List)
            .Produces<Problem>(StatusCodes.Status400BadRequest, "application/problem+json")
            .WithTags("Scores").WithSummary("Scoring frameworks").WithDescription("What is scored: frameworks by id, official ones and proposals.")
            .WithMetadata(
                new QueryParameter("limit", "Entries in one part, 1 to 200; 50 when absent.", "50") { IsNumber = true },
                new QueryParameter("offset", "Entries passed over; 0 when absent.", "0") { IsNumber = true });
        group.MapMethods("/scores/frameworks/{id}", Reading, One)
            .Produces<Problem>(StatusCodes.Status400BadRequest, "application/problem+json")
            .Produces<Problem>(StatusCodes.Status404NotFound, "application/problem+json")
            .WithTags("Scores").WithSummary("One scoring framework")
            .WithDescription("Main indices, components, points, formulas in numbers and words, inputs, evidence, queries of automatic inputs.");
        return group;
    }

    private static RazorComponentResult<FrameworkPage> Show(string id, HttpContext context, ServedData served)
    {
        var state = served.RequireReady();
        return PageEndpoints.Answer<FrameworkPage>(context, new { Page = PageContext.Of(context), Framework = Require(state, id), Served = state });
    }

    private static RazorComponentResult<FrameworkComparePage> Compare(string id, HttpContext context, ServedData served)
    {
        var state = served.RequireReady();
        var with = context.Request.Query["with"].ToString();
        return PageEndpoints.Answer<FrameworkComparePage>(context, new
        {
            Page = PageContext.Of(context),
            Framework = Require(state, id),
            With = with.Length == 0 ? null : Require(state, with),
            Others = state.Frameworks.Where(f => f.Id != id).ToList(),
        });
    }

    private static Ok<Page<FrameworkSummary>> List(HttpContext context, ServedData served, PortalOptions options)
    {
        var root = PublicAddress.Root(context.Request, options);
        return TypedResults.Ok(Paging.Of(context.Request).Cut(
            served.RequireReady().Frameworks, f => FrameworkAnswers.Summary(f, root), context.Request, root));
    }

    private static Ok<FrameworkDetail> One(string id, HttpContext context, ServedData served, PortalOptions options)
    {
        Paging.RefuseOthers(context.Request);
        return TypedResults.Ok(FrameworkAnswers.Detail(Require(served.RequireReady(), id), PublicAddress.Root(context.Request, options)));
    }

    private static Framework Require(ServedCatalog state, string id)
        => state.Frameworks.FirstOrDefault(f => string.Equals(f.Id, id, StringComparison.Ordinal)) ?? throw new OpenDataException(
            PortalErrors.UnknownFramework,
            new LocalText("Không có bộ chỉ số nào mang mã này.", "No scoring framework has this id."));
}
