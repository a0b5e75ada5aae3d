using FsCheck;
using FsCheck.Fluent;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Tests.Query;

/// <summary>A part of the table in its own order, read without a sort, is the same part in the same order.</summary>
public sealed class UnsortedTests : IDisposable
{
    private const int RowCount = 40;

    private readonly SampleTable _table = new([.. Enumerable.Range(1, RowCount).Select(id => new TreeRow(id) { Quarter = id % 4 })]);

    private static DatasetQuery Plain
    {
        get
        {
            var scope = QuerySqlTests.Scope();
            return new DatasetQuery(scope.Contract, [scope.Columns[0]]);
        }
    }

    [Fact]
    public void Any_part_of_the_table_is_the_same_without_a_sort()
        => Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(200),
            Prop.ForAll(
                Arb.From(
                    from after in Gen.Elements(null, (long?)-1, 0, 7, RowCount - 1, RowCount + 5, long.MaxValue)
                    from skip in Gen.Elements(0L, 1, 13, RowCount, RowCount + 9)
                    from top in Gen.Elements(null, (long?)0, 1, 10, RowCount, RowCount + 3, long.MaxValue)
                    select Plain with { AfterRid = after, Skip = skip, Top = top }),
                query => Assert.Equal(_table.Ids(query), _table.Ids(query.Unsorted()))));

    [Fact]
    public void A_part_of_the_whole_table_is_never_sorted() => Assert.DoesNotContain("ORDER BY", Sql((Plain with { AfterRid = 9, Skip = 3, Top = 10 }).Unsorted()), StringComparison.Ordinal);

    [Fact]
    public void A_part_of_filtered_rows_keeps_its_sort_since_nobody_knows_where_it_lies()
    {
        var filtered = Plain with { Predicate = QuerySqlTests.Scope().Filter("quarter eq 1"), Top = 3 };

        Assert.Same(filtered, filtered.Unsorted());
        Assert.Contains("ORDER BY", Sql(filtered), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_has_one_row_and_is_not_sorted()
        => Assert.DoesNotContain(
            "ORDER BY", Sql(Plain with { Predicate = QuerySqlTests.Scope().Filter("id eq 7"), ByKey = true, Top = 1 }), StringComparison.Ordinal);

    public void Dispose() => _table.Dispose();

    private static string Sql(DatasetQuery query) => QueryToSql.Translate(query, "memory").Text;
}
