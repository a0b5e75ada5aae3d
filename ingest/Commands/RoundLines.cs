using System.Globalization;
using OpenData.Warehouse.Rounds;

namespace OpenData.Ingest.Commands;

/// <summary>Pure: rounds as lines of the command line.</summary>
internal static class RoundLines
{
    /// <summary>A round in one line.</summary>
    internal static string Of(Round round, IReadOnlyList<RoundUnit> units, IReadOnlyList<RoundRevision> revisions, DateTimeOffset now)
    {
        var state = revisions switch
        {
            [] => "not published",
            [.., var last] when last.IsPublic(now) => string.Create(CultureInfo.InvariantCulture, $"published, revision {last.Number}"),
            [.., var last] => string.Create(CultureInfo.InvariantCulture, $"revision {last.Number} under embargo until {last.NotBefore:u}"),
        };
        var stages = units.GroupBy(u => u.Stage).OrderBy(g => g.Key).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {RoundText.Of(g.Key)}"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{round.Id}  {round.Framework} version {round.FrameworkVersion}  {round.From:yyyy-MM-dd} to {round.To:yyyy-MM-dd}  {string.Join(", ", stages)}  {state}{(round.IsSynthetic ? "  synthetic" : "")}");
    }

    /// <summary>A publication in one line.</summary>
    internal static string Of(RoundRevision revision) => string.Create(
        CultureInfo.InvariantCulture,
        $"revision {revision.Number} of {revision.PublishedAt:u} by {revision.PublishedBy}, result {revision.ResultHash}{(revision.NotBefore is { } embargo ? $", not before {embargo:u}" : "")}{(revision.Reason is { } reason ? $": {reason}" : "")}");

    /// <summary>The publications, the first one first.</summary>
    internal static IEnumerable<string> Revisions(IReadOnlyList<RoundRevision> revisions) => revisions.Select(r => "  " + Of(r));

    /// <summary>The units in their order.</summary>
    internal static IEnumerable<string> Units(RoundContent content, RoundResult result)
        => content.Units.Select(u => $"{u.Code}  {RoundText.Of(u.Stage)}  self {Score(result.Self, u)}  verified {Score(result.Verified, u)}  final {Score(result.Final, u)}{Rank(result, u)}  {u.Name}");

    private static string Score(RoundScores scores, RoundUnit unit)
        => scores.Find(unit.Code) is { Total: var total } ? string.Create(CultureInfo.InvariantCulture, $"{total.Points:0.##}/{total.Maximum:0.##}") : "-";

    private static string Rank(RoundResult result, RoundUnit unit)
        => result.Final.RankOf(unit.Code) is { } rank
            ? string.Create(CultureInfo.InvariantCulture, $"  rank {rank.Rank} of {rank.Of}{(rank.PeerGroup is { } league ? $" ({league})" : "")}")
            : "  not ranked";
}
