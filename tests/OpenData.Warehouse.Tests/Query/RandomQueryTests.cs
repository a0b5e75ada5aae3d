using System.Diagnostics;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using OpenData.Catalogs.Errors;
using OpenData.TestKit;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Tests.Query.Evaluator;
using Xunit.Abstractions;

namespace OpenData.Warehouse.Tests.Query;

/// <summary>
/// Random questions on the real engine against an evaluator of OData's rules over the same random rows: same rows, same order.
/// <c>OPENDATA_SCALE=soak</c> (or a number) runs the full figure.
/// </summary>
public sealed class RandomQueryTests(ITestOutputHelper output) : IDisposable
{
    private const int TableCount = 8;

    private const int TestQueries = 1_000;

    // The same queries in every test run, others in every soak.
    private const ulong Seed = 20_261_127;
    private const ulong Gamma = 11_400_714_819_323_198_485;

    private static readonly int Queries = Environment.GetEnvironmentVariable("OPENDATA_SCALE") switch
    {
        null or "" or "test" => TestQueries,
        "soak" => 50_000,
        var number => int.TryParse(number, CultureInfo.InvariantCulture, out var queries) ? queries : TestQueries,
    };

    private readonly List<RandomTable> _tables = [.. Enumerable.Range(0, TableCount).Select(i => new RandomTable(2026 + i, extremes: i % 4 == 0))];

    [Fact]
    public void Random_queries_give_the_rows_of_the_evaluator_in_its_order() => Compare(Queries / 2, apply: false);

    [Fact]
    public void Random_queries_give_the_rows_of_the_evaluator_under_a_vietnamese_culture() => Culture.Vietnamese(() => Compare(Queries / 4, apply: false));

    [Fact]
    public void Random_transformations_give_the_groups_of_the_evaluator_in_its_order() => Compare(Queries / 4, apply: true);

    public void Dispose() => _tables.ForEach(t => t.Dispose());

    private void Compare(int count, bool apply)
    {
        var clock = Stopwatch.StartNew();
        var (overflows, unnoticed, besideNull) = (0, 0, 0);
        Check.One(
            Queries > TestQueries ? Config.QuickThrowOnFailure.WithMaxTest(count) : Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(Seed, Gamma),
            Prop.ForAll(
                Arb.From(Gen.Choose(0, int.MaxValue).Select(seed => new RandomQuery(seed, _tables[seed % TableCount], apply))),
                query =>
                {
                    var expected = Try(query.Expected);
                    var actual = Try(query.Actual);
                    if (expected is null)
                    {
                        // The engine need not look at a part that decides nothing.
                        overflows++;
                        unnoticed += actual is null ? 0 : 1;
                        return;
                    }

                    if (actual is null)
                    {
                        // The engine brings both sides to one scale before it finds that one of them is null: the room of the other is asked for all the same.
                        var blame = query.Blame();
                        Assert.True(blame.Contains(" is OD1212 and should be null ", StringComparison.Ordinal), $"{query}\nis out of range for the engine only: {blame}");
                        besideNull++;
                    }
                    else if (!expected.Value.Rows.SequenceEqual(actual.Value.Rows, StringComparer.Ordinal) || expected.Value.Count != actual.Value.Count)
                    {
                        Assert.Fail(Difference(query, expected.Value, actual.Value));
                    }
                }));
        var figures = string.Create(
            CultureInfo.InvariantCulture,
            $"Random {(apply ? "transformations" : "queries")} against the evaluator: {count}, {overflows} of them overflow, {unnoticed} of these without the engine's notice, {besideNull} more beside a null, {clock.Elapsed.TotalSeconds:0} s.");
        output.WriteLine(figures);
        SoakReport.Line(figures);
        Assert.InRange(overflows, 0, count / 5);
        Assert.InRange(unnoticed, 0, 10 + (count / 50));
        Assert.InRange(besideNull, 0, 1 + (count / 2_000));
    }

    private static (IReadOnlyList<string> Rows, long Count)? Try(Func<(IReadOnlyList<string> Rows, long Count)> answer)
    {
        try
        {
            return answer();
        }
        catch (OverflowException)
        {
            return null;
        }
        catch (OpenDataException failure) when (failure.Code == QueryErrors.CalculationFailed)
        {
            return null;
        }
    }

    private static string Difference(RandomQuery query, (IReadOnlyList<string> Rows, long Count) expected, (IReadOnlyList<string> Rows, long Count) actual)
        => $"{query}\nshould give {expected.Count} rows:\n{string.Join('\n', expected.Rows)}\nand gives {actual.Count}:\n{string.Join('\n', actual.Rows)}\nbecause {query.Blame()}";
}
