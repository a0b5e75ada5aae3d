using OpenData.Catalogs.Errors;
using OpenData.Catalogs.Frameworks;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Scoring;

namespace OpenData.Warehouse.Rounds;

/// <summary>
/// Computes the inputs that come from published datasets. Each dataset is read in one version, and the same versions give the same numbers again.
/// </summary>
public static class AutomaticAnswers
{
    /// <summary>One draft for each unit and component with automatic inputs; a unit without rows has counts and sums of 0 and no mean, least or greatest value.</summary>
    /// <param name="content">The round; units that are made of others have no numbers of their own.</param>
    /// <param name="store">Published versions.</param>
    /// <param name="options">Limits of the engine.</param>
    /// <param name="clock">The time.</param>
    /// <param name="token">Interrupts the queries.</param>
    /// <exception cref="OpenDataException"><see cref="RoundErrors.NotComputable"/>: a dataset has no version, or lacks a column.</exception>
    public static IReadOnlyList<EntryDraft> Compute(RoundContent content, SnapshotStore store, EngineOptions options, TimeProvider clock, CancellationToken token)
    {
        var components = content.Round.FrozenFramework().Components.Where(c => c.Automatic.Count > 0).ToList();
        using var tables = new AutomaticTables(store, options, token);
        var drafts = new List<EntryDraft>();
        foreach (var component in components)
        {
            var results = component.Automatic.Select(input => (Input: input, Result: tables.Ask(input, content.Round.From, content.Round.To))).ToList();
            foreach (var unit in content.Units.Where(u => !u.IsMerged))
            {
                drafts.Add(Draft(unit, component, results, clock.GetUtcNow()));
            }
        }

        return drafts;
    }

    private static EntryDraft Draft(RoundUnit unit, Component component, List<(AutomaticInput Input, AutomaticTable Result)> results, DateTimeOffset at)
    {
        var numbers = new Dictionary<string, decimal>(StringComparer.Ordinal);
        var queries = new List<AutomaticQuery>();
        foreach (var (input, result) in results)
        {
            var (rows, value) = result.Rows.GetValueOrDefault(unit.Code, (0, input.Measure is Measure.Count or Measure.Sum ? 0 : null));
            queries.Add(new AutomaticQuery(input.Role, input.Dataset, result.Version, result.Query, rows, value, at));
            if (value is { } number)
            {
                numbers.Add(input.Role, number);
            }
        }

        var kind = numbers.Count > 0 ? AnswerKind.Answered : AnswerKind.Missing;
        return new EntryDraft(unit.Code, EntryKind.Automatic, new ComponentAnswer(component.Code, kind) { Numbers = numbers }, Seen: 0) { Queries = queries };
    }
}
