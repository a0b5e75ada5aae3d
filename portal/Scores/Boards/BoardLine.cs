using OpenData.Warehouse.Scoring.Robustness;

namespace OpenData.Portal.Scores.Boards;

/// <summary>A line of the board.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Change">Value less that of the round before, in four decimals; null when there is nothing to compare with.</param>
/// <param name="RankChange">Places won (above nothing) or lost; null when there is nothing to compare with.</param>
/// <param name="Robustness">Where its places lie when weights vary; null when that is not computed.</param>
/// <param name="IsCloseToNext">True when it is too close to call with the unit on the next place.</param>
public sealed record BoardLine(BoardUnit Unit, decimal? Change, int? RankChange, UnitRobustness? Robustness, bool IsCloseToNext)
{
    /// <summary>Pure: the lines of a board, or of one league of it.</summary>
    /// <param name="board">The board.</param>
    /// <param name="before">The round before under the same framework; null when there is none.</param>
    /// <param name="robustness">Its leagues under varied weights; null when they are not computed.</param>
    /// <param name="league">The league wanted; null for all.</param>
    public static IReadOnlyList<BoardLine> Of(RoundBoard board, RoundBoard? before, IReadOnlyList<LeagueRobustness>? robustness, string? league)
    {
        var firm = (robustness ?? []).SelectMany(l => l.Units).ToDictionary(u => u.Unit, StringComparer.Ordinal);
        var close = (robustness ?? []).SelectMany(l => l.Neighbours).Where(n => n.IsTooCloseToCall).Select(n => n.Better).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. board.Units.Where(u => league is null || u.League == league).Select(u =>
            {
                var then = before?.Find(u.Code);
                return new BoardLine(
                    u,
                    then is null ? null : u.Total.Final.Value - then.Total.Final.Value,
                    then?.League == u.League && then?.Rank is { } was && u.Rank is { } now ? was.Rank - now.Rank : null,
                    firm.GetValueOrDefault(u.Code),
                    close.Contains(u.Code));
            }),
        ];
    }
}
