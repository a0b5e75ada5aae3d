namespace OpenData.Catalogs;

/// <summary>
/// Which dataset waits for which: the parents of derived queries, the datasets of <c>exists_in</c>, code lists and relations.
/// A dataset that refers to itself waits for nobody, unless its query reads itself. Pure.
/// </summary>
public sealed class DatasetGraph
{
    private readonly SortedDictionary<string, IReadOnlyList<string>> _parents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _derived = new(StringComparer.Ordinal);

    private DatasetGraph(IReadOnlyList<DatasetContract> contracts)
    {
        foreach (var contract in contracts)
        {
            _parents[contract.Id] = ParentsOf(contract);
        }

        foreach (var group in contracts.SelectMany(c => c.Source.Parents.Select(p => (Parent: p, Child: c.Id))).GroupBy(e => e.Parent, StringComparer.Ordinal))
        {
            _derived[group.Key] = [.. group.Select(e => e.Child).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        }

        (Order, Cycles) = Sort();
    }

    /// <summary>Every dataset after all its parents; equals by name. Datasets of a cycle, and those behind one, are not in it.</summary>
    public IReadOnlyList<string> Order { get; }

    /// <summary>Each cycle as a path that ends where it began, for example <c>a, b, a</c>; empty in a good catalogue.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Cycles { get; }

    /// <summary>The graph of these contracts. Parents that are not among them stay named but order nothing.</summary>
    public static DatasetGraph Of(IEnumerable<DatasetContract> contracts) => new([.. contracts]);

    /// <summary>The datasets that this one waits for, by name; empty when there is none or the dataset is not known.</summary>
    public IReadOnlyList<string> Parents(string id) => _parents.GetValueOrDefault(id) ?? [];

    /// <summary>The derived datasets whose query reads this one, by name.</summary>
    public IReadOnlyList<string> Derived(string id) => _derived.GetValueOrDefault(id) ?? [];

    /// <summary>The given datasets and all that they wait for, parents first.</summary>
    public IReadOnlyList<string> WithAncestors(IEnumerable<string> ids)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(ids);
        while (open.TryPop(out var id))
        {
            if (wanted.Add(id))
            {
                foreach (var parent in Parents(id))
                {
                    open.Push(parent);
                }
            }
        }

        return [.. Order.Where(wanted.Contains)];
    }

    /// <summary>The datasets that a contract waits for, by name.</summary>
    public static IReadOnlyList<string> ParentsOf(DatasetContract contract)
    {
        var references = contract.Columns.Where(c => c.Codelist is not null).Select(c => c.Codelist!)
            .Concat(contract.Expectations.OfType<ExistsInExpectation>().Select(e => e.Dataset))
            .Concat(contract.Relations.Select(r => r.To))
            .Where(id => !string.Equals(id, contract.Id, StringComparison.Ordinal));
        return [.. contract.Source.Parents.Concat(references).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private (IReadOnlyList<string> Order, IReadOnlyList<IReadOnlyList<string>> Cycles) Sort()
    {
        var order = new List<string>();
        var done = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new SortedSet<string>(_parents.Keys, StringComparer.Ordinal);
        while (waiting.FirstOrDefault(id => _parents[id].All(p => done.Contains(p) || !_parents.ContainsKey(p))) is { } next)
        {
            waiting.Remove(next);
            done.Add(next);
            order.Add(next);
        }

        // What still waits is in a cycle or behind one: walking parents from anywhere must come round.
        var cycles = new List<IReadOnlyList<string>>();
        var walked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in waiting)
        {
            var path = new List<string>();
            var at = start;
            while (walked.Add(at))
            {
                path.Add(at);
                at = _parents[at].First(waiting.Contains);
            }

            // Coming to what an earlier walk has seen is no new cycle.
            if (path.IndexOf(at) is >= 0 and var from)
            {
                cycles.Add([.. path.Skip(from), at]);
            }
        }

        return (order, cycles);
    }
}
