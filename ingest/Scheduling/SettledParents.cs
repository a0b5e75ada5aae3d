using OpenData.Catalogs;
using OpenData.Warehouse.Publishing;

namespace OpenData.Ingest.Scheduling;

/// <summary>
/// Decides when a derived dataset runs: its parents have versions that it was not yet made from, and none of its ancestors is at work.
/// So it runs once per settled set of parent versions, however many parents publish at the same time.
/// </summary>
internal sealed class SettledParents
{
    private readonly HashSet<string> _atWork = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _tried = new(StringComparer.Ordinal);

    /// <summary>A run begins.</summary>
    internal void Begin(string dataset) => _atWork.Add(dataset);

    /// <summary>A run has ended.</summary>
    internal void End(string dataset) => _atWork.Remove(dataset);

    /// <summary>Begins the run of a derived dataset when it is its turn.</summary>
    internal bool TryBegin(DatasetContract contract, DatasetGraph graph, SnapshotStore store)
    {
        if (graph.WithAncestors([contract.Id]).Any(_atWork.Contains) || Versions(contract, store) is not { } versions)
        {
            return false;
        }

        // A run that found nothing new, or failed, is not repeated until a parent publishes again.
        if (_tried.GetValueOrDefault(contract.Id) == versions || MadeFrom(contract, store) == versions)
        {
            return false;
        }

        _tried[contract.Id] = versions;
        return _atWork.Add(contract.Id);
    }

    /// <summary>The parents' current versions as one text; null while one has none.</summary>
    private static string? Versions(DatasetContract contract, SnapshotStore store)
    {
        var versions = contract.Source.Parents.Order(StringComparer.Ordinal).Select(p => (Id: p, store.Current(p)?.Version)).ToList();
        return versions.Exists(v => v.Version is null) ? null : string.Join(' ', versions.Select(v => $"{v.Id}/{v.Version}"));
    }

    private static string? MadeFrom(DatasetContract contract, SnapshotStore store)
        => store.Current(contract.Id) is { } current
            ? string.Join(' ', current.Manifest.Parents
                .Where(p => contract.Source.Parents.Contains(p.Dataset, StringComparer.Ordinal))
                .OrderBy(p => p.Dataset, StringComparer.Ordinal)
                .Select(p => $"{p.Dataset}/{p.Version}"))
            : null;
}
