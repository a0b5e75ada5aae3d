using OpenData.Warehouse.Scoring.Explanation;

namespace OpenData.Portal.Scores.Boards;

/// <summary>Pure: boards → what the API says of them.</summary>
internal static class RoundAnswers
{
    public static RoundSummary Summary(RoundBoard board, string root) => new()
    {
        Id = board.Id,
        Title = board.Title,
        From = board.From,
        To = board.To,
        Revision = board.Revision,
        PublishedAt = board.PublishedAt,
        Synthetic = board.IsSynthetic,
        Framework = board.Framework.Id,
        FrameworkVersion = board.Framework.Version,
        Sourced = board.Framework.IsSourced,
        Units = board.Units.Count,
        Leagues = board.Leagues,
        PageUrl = $"{root}/scores/{board.Id}",
    };

    public static RoundDetail Detail(RoundBoard board, IReadOnlyList<BoardLine> lines, string root) => new()
    {
        Round = Summary(board, root),
        Whole = board.IsWhole,
        Robustness = lines.Any(l => l.Robustness is not null) ? Plan() : null,
        Units = [.. lines.Select(l => Unit(board, l, root))],
    };

    public static ScorecardDetail Scorecard(Scorecard card, BoardLine line, string root) => new()
    {
        Round = Summary(card.Board, root),
        Unit = Unit(card.Board, line, root),
        Total = Index(card.Unit.Total),
        Pillars = [.. card.Unit.Pillars.Select(Index)],
        MainIndices = [.. card.Unit.MainIndices.Select(Index)],
        Components = [.. card.Sections.SelectMany(s => s.Components).Select(Component)],
        PointsBySource = card.Sources.ToDictionary(s => Word(s.Source), s => s.Points, StringComparer.Ordinal),
        MostToMaximum = [.. card.ToMaximum.Select(g => g.Component)],
        MostToBest = [.. card.ToBest.Select(g => g.Component)],
    };

    private static RobustnessDetail Plan() => new()
    {
        Seed = (long)BoardRobustness.Plan.Seed,
        Draws = BoardRobustness.Plan.Draws,
        Spread = BoardRobustness.Plan.Spread,
        CloseShare = BoardRobustness.Plan.CloseShare,
    };

    private static RoundUnitDetail Unit(RoundBoard board, BoardLine line, string root) => new()
    {
        Code = line.Unit.Code,
        Name = line.Unit.Name,
        League = line.Unit.League,
        Ranked = line.Unit.IsRanked,
        Rank = line.Unit.Rank?.Rank,
        RankedUnits = line.Unit.Rank?.Of,
        Value = line.Unit.Total.Final.Value,
        Points = line.Unit.Total.Final.Points,
        Maximum = line.Unit.Total.Final.Maximum,
        Change = line.Change,
        RankLow = line.Robustness?.Low,
        RankHigh = line.Robustness?.High,
        CloseToNext = line.Robustness is null ? null : line.IsCloseToNext,
        PageUrl = $"{root}/scores/{board.Id}/{Uri.EscapeDataString(line.Unit.Code)}",
    };

    private static IndexDetail Index(BoardScore score) => new()
    {
        Code = score.Code,
        Name = score.Name,
        Counted = score.IsCounted,
        Final = score.Final,
        Self = score.Self,
        Verified = score.Verified,
    };

    private static ComponentResult Component(ScorecardComponent entry) => new()
    {
        MainIndex = entry.Component.MainIndex,
        Code = entry.Component.Code,
        Name = entry.Component.Name,
        State = entry.Component.State,
        Points = entry.Component.Points,
        Maximum = entry.Component.Maximum,
        SelfPoints = entry.Component.SelfPoints,
        VerifiedPoints = entry.Component.VerifiedPoints,
        Formula = entry.Formula,
        Origin = entry.Component.Origin,
        Inputs = entry.Component.Inputs,
        Sources = BoardSource.Of(entry.Component.DatasetVersions),
        Queries = entry.Component.Queries,
        Evidence = entry.Component.Evidence,
        ToMaximum = entry.Gap?.ToMaximum,
        ToBest = entry.Gap?.ToBest,
        BestUnit = entry.Gap?.BestUnit,
    };

    private static string Word(AnswerSource source) => source switch
    {
        AnswerSource.Automatic => "automatic",
        AnswerSource.Verified => "verified",
        _ => "self_reported",
    };
}
