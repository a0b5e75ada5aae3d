using OpenData.Catalogs.Frameworks;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Scoring.Robustness;

namespace OpenData.Portal.Scores.Boards;

/// <summary>How firmly the ranks of published rounds stand. A published revision never changes and draws are seeded, so each is computed once and kept.</summary>
internal sealed class BoardRobustness
{
    private const long BytesMax = 8 * 1024 * 1024;
    private const int UnitBytes = 256;

    private readonly Lock _computing = new();
    private readonly RecentlyUsed<IReadOnlyList<LeagueRobustness>> _kept = new(BytesMax, leagues => leagues.Sum(l => (long)l.Units.Count * UnitBytes));

    /// <summary>How weights are varied; pages say it.</summary>
    public static RobustnessPlan Plan { get; } = new();

    /// <summary>Leagues of the round; null when a ranked unit has no components of its own, or the framework is not known as it was frozen.</summary>
    public IReadOnlyList<LeagueRobustness>? Of(RoundBoard board, Framework? framework)
    {
        if (framework is null || !board.IsWhole || board.Units.Any(u => u.IsRanked && !BoardScoring.HasAll(u, framework)))
        {
            return null;
        }

        var key = $"{board.Id}\n{board.Revision}\n{board.Framework.Hash}";
        lock (_computing)
        {
            if (!_kept.TryFind(key, out var leagues))
            {
                // One thread: a page must not take the machine from the queries.
                leagues = RankRobustness.Of(framework, BoardScoring.Scores(board, framework), Plan, threads: 1, CancellationToken.None);
                _kept.Keep(key, leagues);
            }

            return leagues;
        }
    }
}
