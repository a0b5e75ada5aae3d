using Microsoft.AspNetCore.Http.HttpResults;
using OpenData.Catalogs;
using OpenData.Portal.Api;
using OpenData.Portal.Pages;
using OpenData.Portal.Serving;

namespace OpenData.Portal.Scores.Boards;

/// <summary>Published rounds for readers, <c>/scores</c>, and for programs, <c>/api/v1/scores/rounds</c>. Both say what the downloads say.</summary>
internal static class BoardEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps the pages in one language.</summary>
    public static void MapBoardPages(this IEndpointRouteBuilder pages)
    {
        pages.MapMethods("/scores", Reading, Rounds);
        pages.MapMethods("/scores/{round}", Reading, Show);
        pages.MapMethods("/scores/{round}/compare", Reading, Compare);
        pages.MapMethods("/scores/{round}/{unit}", Reading, ShowUnit);
        pages.MapMethods("/scores/{round}/{unit}/what-if", Reading, Try);
    }

    /// <summary>Maps the addresses under the group (<c>/api/v1</c>).</summary>
    public static RouteGroupBuilder MapRounds(this RouteGroupBuilder group)
    {
        group.MapMethods("/scores/rounds", Reading, ListRounds)
            .Produces<Problem>(StatusCodes.Status400BadRequest, "application/problem+json")
            .WithTags("Scores").WithSummary("Published rounds of assessment")
            .WithDescription("Rounds whose newest revision is public, the newest period first. Drafts and embargoed revisions are not among them.")
            .WithMetadata(
                new QueryParameter("limit", "Entries in one part, 1 to 200; 50 when absent.", "50") { IsNumber = true },
                new QueryParameter("offset", "Entries passed over; 0 when absent.", "0") { IsNumber = true });
        group.MapMethods("/scores/rounds/{round}", Reading, OneRound)
            .Produces<Problem>(StatusCodes.Status400BadRequest, "application/problem+json")
            .Produces<Problem>(StatusCodes.Status404NotFound, "application/problem+json")
            .WithTags("Scores").WithSummary("One published round")
            .WithDescription("Units in the order of their leagues and ranks: value, points, change against the round before, interval of ranks under varied weights.")
            .WithMetadata(new QueryParameter("league", "Only units of this league.", "ward"));
        group.MapMethods("/scores/rounds/{round}/{unit}", Reading, OneUnit)
            .Produces<Problem>(StatusCodes.Status400BadRequest, "application/problem+json")
            .Produces<Problem>(StatusCodes.Status404NotFound, "application/problem+json")
            .WithTags("Scores").WithSummary("The scorecard of a unit")
            .WithDescription("Main indices, pillars and components: self, verified and final points, the formula with its numbers, inputs with their sources, gaps.");
        return group;
    }

    private static RazorComponentResult<RoundsPage> Rounds(HttpContext context, ServedData served, RoundBoards boards)
    {
        var state = served.RequireReady();
        return PageEndpoints.Answer<RoundsPage>(context, new
        {
            Page = PageContext.Of(context),
            Boards = boards.Of(state),
            HasProvinces = state.Find(PublishedValues.Dataset) is not null,
        });
    }

    private static RazorComponentResult<BoardPage> Show(
        string round, HttpContext context, ServedData served, RoundBoards boards, BoardRobustness robustness, CommuneOutlines outlines)
    {
        var state = served.RequireReady();
        var board = boards.Require(state, round);
        return PageEndpoints.Answer<BoardPage>(context, new
        {
            Page = PageContext.Of(context),
            Board = board,
            Before = RoundBoards.Before(boards.Of(state), board),
            Robustness = robustness.Of(board, BoardScoring.FrameworkOf(board, state.Frameworks)),
            League = League(context.Request, board),
            Outlines = outlines.All,
            Datasets = BoardTables.Datasets.Select(state.Find).OfType<ServedDataset>().ToList(),
            KnowsFramework = state.Frameworks.Any(f => f.Id == board.Framework.Id),
        });
    }

    private static RazorComponentResult<ScorecardPage> ShowUnit(
        string round, string unit, HttpContext context, ServedData served, RoundBoards boards, BoardRobustness robustness)
    {
        var state = served.RequireReady();
        var (card, line) = Open(state, boards, robustness, round, unit);
        return PageEndpoints.Answer<ScorecardPage>(context, new
        {
            Page = PageContext.Of(context),
            Card = card,
            Line = line,
            Served = state,
            Trend = Trend.Of(boards.Of(state), [card.Unit]),
            CanTry = card.Unit.Components.Count > 0 && BoardScoring.FrameworkOf(card.Board, state.Frameworks) is not null,
        });
    }

    private static RazorComponentResult<BoardComparePage> Compare(string round, HttpContext context, ServedData served, RoundBoards boards)
    {
        var state = served.RequireReady();
        var board = boards.Require(state, round);

        // One field with commas, as people write it, or a field for each unit, as the form sends it.
        var units = context.Request.Query["units"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Distinct(StringComparer.Ordinal)
            .Take(BoardComparePage.UnitsMax + 1)
            .Select(u => RoundBoards.Require(board, u))
            .ToList();
        if (units.Count > BoardComparePage.UnitsMax)
        {
            throw Paging.Invalid(new LocalText("So sánh nhiều nhất bốn đơn vị.", "At most four units can be compared."), "units=a,b,c,d");
        }

        return PageEndpoints.Answer<BoardComparePage>(context, new { Page = PageContext.Of(context), Board = board, Units = units, Trend = Trend.Of(boards.Of(state), units) });
    }

    private static RazorComponentResult<WhatIfPage> Try(string round, string unit, HttpContext context, ServedData served, RoundBoards boards)
    {
        var state = served.RequireReady();
        var board = boards.Require(state, round);
        var found = RoundBoards.Require(board, unit);
        var framework = BoardScoring.FrameworkOf(board, state.Frameworks);
        return framework is null || !BoardScoring.HasAll(found, framework)
            ? throw Trial.NotTellable()
            : PageEndpoints.Answer<WhatIfPage>(context, new { Page = PageContext.Of(context), Board = board, Unit = found, Trial = Trial.Of(board, found, framework, context.Request.Query) });
    }

    private static Ok<Page<RoundSummary>> ListRounds(HttpContext context, ServedData served, RoundBoards boards, PortalOptions options)
    {
        var root = PublicAddress.Root(context.Request, options);
        return TypedResults.Ok(Paging.Of(context.Request).Cut(boards.Of(served.RequireReady()), b => RoundAnswers.Summary(b, root), context.Request, root));
    }

    private static Ok<RoundDetail> OneRound(
        string round, HttpContext context, ServedData served, RoundBoards boards, BoardRobustness robustness, PortalOptions options)
    {
        Paging.RefuseOthers(context.Request, "league");
        var state = served.RequireReady();
        var board = boards.Require(state, round);
        var lines = BoardLine.Of(
            board,
            RoundBoards.Before(boards.Of(state), board),
            robustness.Of(board, BoardScoring.FrameworkOf(board, state.Frameworks)),
            League(context.Request, board));
        return TypedResults.Ok(RoundAnswers.Detail(board, lines, PublicAddress.Root(context.Request, options)));
    }

    private static Ok<ScorecardDetail> OneUnit(
        string round, string unit, HttpContext context, ServedData served, RoundBoards boards, BoardRobustness robustness, PortalOptions options)
    {
        Paging.RefuseOthers(context.Request);
        var (card, line) = Open(served.RequireReady(), boards, robustness, round, unit);
        return TypedResults.Ok(RoundAnswers.Scorecard(card, line, PublicAddress.Root(context.Request, options)));
    }

    private static (Scorecard Card, BoardLine Line) Open(ServedCatalog state, RoundBoards boards, BoardRobustness robustness, string round, string unit)
    {
        var board = boards.Require(state, round);
        var found = RoundBoards.Require(board, unit);
        var framework = BoardScoring.FrameworkOf(board, state.Frameworks);
        var line = BoardLine.Of(board, RoundBoards.Before(boards.Of(state), board), robustness.Of(board, framework), null).First(l => l.Unit == found);
        return (Scorecard.Of(board, found, framework), line);
    }

    /// <summary>The league asked for; null for all.</summary>
    /// <exception cref="OpenData.Catalogs.Errors.OpenDataException">OD9027: the round has no such league.</exception>
    private static string? League(HttpRequest request, RoundBoard board)
        => request.Query["league"].ToString() is not { Length: > 0 } league ? null
            : board.Leagues.Contains(league, StringComparer.Ordinal) ? league
            : throw Paging.Invalid(new LocalText("Đợt đánh giá không có bảng này.", "The round has no such league."), $"league={string.Join(" | ", board.Leagues)}");
}
