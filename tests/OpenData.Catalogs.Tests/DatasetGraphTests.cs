using FsCheck;
using FsCheck.Fluent;

namespace OpenData.Catalogs.Tests;

public sealed class DatasetGraphTests
{
    [Fact]
    public void Parents_come_first_and_equals_by_name()
    {
        var graph = DatasetGraph.Of([Dataset("d", "b", "c"), Dataset("c", "a"), Dataset("b", "a"), Dataset("a"), Dataset("e", "not_there")]);
        Assert.Equal(["a", "b", "c", "d", "e"], graph.Order);
        Assert.Equal(["b", "c"], graph.Parents("d"));
        Assert.Equal(["b", "c"], graph.Derived("a"));
        Assert.Equal(["a", "c"], graph.WithAncestors(["c"]));
        Assert.Empty(graph.Parents("unknown"));
        Assert.Empty(graph.Cycles);
    }

    [Fact]
    public void References_order_as_queries_do_and_a_dataset_may_refer_to_itself()
    {
        var units = CatalogReader.ReadContract(
            SampleCatalog.Units.Replace("name: code, type: code,", "name: code, type: code, codelist: administrative_units,", StringComparison.Ordinal), "x").Contract!;
        var cases = CatalogReader.ReadContract(SampleCatalog.Cases, "x").Contract!;
        var graph = DatasetGraph.Of([cases, units]);
        Assert.Equal(["administrative_units", "one_stop_cases"], graph.Order);
        Assert.Empty(graph.Derived("administrative_units"));
    }

    [Fact]
    public void Cycles_are_told_as_paths()
    {
        var graph = DatasetGraph.Of([Dataset("a", "b"), Dataset("b", "c"), Dataset("c", "b"), Dataset("d", "d"), Dataset("e")]);
        Assert.Equal(["e"], graph.Order);
        Assert.Equal(["b,c,b", "d,d"], graph.Cycles.Select(c => string.Join(",", c)));
    }

    [Fact]
    public void Any_graph_is_ordered_or_has_a_cycle()
        => Prop.ForAll(Gen.Choose(0, 5).ArrayOf(12).ToArbitrary(), edges =>
        {
            var parents = edges.Chunk(2).Where(e => e.Length == 2).ToLookup(e => $"n{e[0]}", e => $"n{e[1]}");
            var graph = DatasetGraph.Of(Enumerable.Range(0, 6).Select(i => Dataset($"n{i}", [.. parents[$"n{i}"].Distinct()])));
            var place = graph.Order.Select((id, i) => (id, i)).ToDictionary(p => p.id, p => p.i);
            var ordered = graph.Order.All(id => graph.Parents(id).All(p => place.TryGetValue(p, out var before) && before < place[id]));
            var real = graph.Cycles.All(c => c[0] == c[^1] && c.Zip(c.Skip(1)).All(e => graph.Parents(e.First).Contains(e.Second)));
            return ordered && real && (graph.Order.Count == 6) == (graph.Cycles.Count == 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static DatasetContract Dataset(string id, params string[] parents)
        => new(id, new LocalText("", ""), new LocalText("", ""), [], ["row"], new SourceBinding("sql") { Parents = parents })
        {
            Publisher = "p",
            Theme = "t",
            License = "l",
        };
}
