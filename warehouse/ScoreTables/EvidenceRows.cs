using OpenData.Warehouse.Rounds;

namespace OpenData.Warehouse.ScoreTables;

/// <summary>
/// Pure: a published round → references to the evidence of the latest answers, numbered within a component of a unit. The files' names stay inside:
/// people put names of people into them.
/// </summary>
internal static class EvidenceRows
{
    internal static IEnumerable<ScoreRow> Of(PublishedRound round)
    {
        var known = round.Content.Evidence.ToDictionary(e => e.Id, StringComparer.Ordinal);
        var given = round.Content.Entries
            .GroupBy(e => (e.Unit, e.Component, e.Kind))
            .Select(g => g.MaxBy(e => e.Sequence)!) // no group is empty
            .ToLookup(e => (e.Unit, e.Component));
        return from unit in round.Content.Units
               from component in round.Framework.Components
               from numbered in given[(unit.Code, component.Code)]
                   .SelectMany(e => e.Evidence)
                   .Distinct(StringComparer.Ordinal)
                   .Select(id => known[id])
                   .DistinctBy(e => (e.Sha256, e.DocumentNumber, e.DocumentDate))
                   .OrderBy(e => e.DocumentDate)
                   .ThenBy(e => e.DocumentNumber, StringComparer.Ordinal)
                   .ThenBy(e => e.Sha256, StringComparer.Ordinal)
                   .Select((evidence, at) => (Evidence: evidence, Number: at + 1))
               select Row(round, unit, component.Code, numbered.Evidence, numbered.Number);
    }

    private static ScoreRow Row(PublishedRound round, RoundUnit unit, string component, RoundEvidence evidence, int number)
        => ScoreRow.Of(
        [
            .. RoundFields.Of(round),
            .. RoundFields.Of(unit),
            ("component", component),
            ("number", ScoreRow.Number(number)),
            ("document_number", evidence.DocumentNumber),
            ("document_date", evidence.DocumentDate is { } day ? ScoreRow.Day(day) : null),
            ("sha256", evidence.Sha256),
            ("media_type", evidence.MediaType),
            ("bytes", ScoreRow.Number(evidence.Bytes)),
        ]);
}
