using OpenData.TestKit;

namespace OpenData.Catalogs.Tests;

public sealed class CatalogReaderTests
{
    [Fact]
    public void A_good_catalogue_has_no_problem()
    {
        using var catalog = new SampleCatalog();
        var reading = catalog.Read();
        Assert.Empty(reading.Problems);
        Assert.Equal(["administrative_units", "one_stop_cases"], reading.Catalog.Datasets.Select(d => d.Id));
        Assert.Equal("Sở Nội vụ", reading.Catalog.Publisher("so_noi_vu")!.Name.Vi);
    }

    [Fact]
    public void Every_field_of_a_contract_is_read() => Culture.Vietnamese(() =>
    {
        var (contract, problems) = CatalogReader.ReadContract(SampleCatalog.Cases, "one_stop_cases.yaml");
        Assert.Empty(problems);
        Assert.NotNull(contract);
        Assert.Equal("one_stop_cases", contract.Id);
        Assert.Equal(LoadMode.Merge, contract.Load);
        Assert.Equal(["submitted_at", "case_id"], contract.Order);
        Assert.Equal(TimeSpan.FromHours(36), contract.Refresh.DueWithin);
        Assert.Equal(new SourceAuth("bearer", "${ONE_STOP_TOKEN}"), contract.Source.Auth);
        Assert.Equal("$.next", contract.Source.Paging!.Next);
        Assert.Equal(TimeSpan.FromMinutes(10), contract.Source.Incremental!.Overlap);
        Assert.Equal(new ColumnType(ColumnKind.Decimal, 14, 0), contract.Column("fee")!.Type);
        Assert.Equal("day", contract.Column("submitted_at")!.Truncate);
        Assert.Null(contract.Column("citizen_id"));
        Assert.Equal(8, contract.Columns.Count);
        Assert.Equal(7, contract.PublicColumns.Count);
        Assert.True(contract.Column("case_id")!.Search);
        Assert.False(contract.Column("channel")!.Search);
        Assert.Equal(["-"], contract.Column("channel")!.NullTexts);
        Assert.Equal(5, contract.Expectations.Count);
        Assert.Equal(0.2, contract.Expectations.OfType<RowCountExpectation>().Single().ShrinkMax);
        Assert.Equal(20_000_000_000, contract.Keep.Bytes);
        Assert.Equal(new DateOnly(2025, 10, 22), contract.LegalBasis.Single().From);
        Assert.Equal("19", contract.Coverage!.Area);
        Assert.Equal("code", contract.Relations.Single().On["commune"]);
        Assert.Equal(SampleCatalog.Cases, contract.Yaml);
    });

    [Fact]
    public void What_a_contract_says_of_a_list_it_says_of_each_value()
    {
        var yaml = SampleCatalog.Cases.Replace(
            "type: text, one_of: [online, counter, post]", "type: list(code), separator: \";\", one_of: [online, post], matches: '^[a-z]+$'", StringComparison.Ordinal);
        var (contract, problems) = CatalogReader.ReadContract(yaml, "one_stop_cases.yaml");
        Assert.Empty(problems);
        var channel = contract!.Column("channel")!; // the contract has no problem and names it
        Assert.Equal("list(code)", channel.Type.ToString());
        Assert.Equal(new ColumnType(ColumnKind.List, Item: new ColumnType(ColumnKind.Code)), channel.Type);
        Assert.Equal(";", channel.Separator);
        Assert.False(channel.Search);
        Assert.Equal(new ColumnType(ColumnKind.Code), channel.ToScalar().Type);
        Assert.Equal(["online", "post"], channel.ToScalar().OneOf);
    }

    [Fact]
    public void Five_mistakes_give_five_located_problems()
    {
        using var catalog = new SampleCatalog();
        catalog.Write("one_stop_cases", SampleCatalog.Cases
            .Replace("keywords:", "keyword:", StringComparison.Ordinal)
            .Replace("PT36H", "36 hours", StringComparison.Ordinal)
            .Replace("order: [submitted_at,", "order: [submited_at,", StringComparison.Ordinal)
            .Replace("\"decimal(14,0)\"", "number", StringComparison.Ordinal)
            .Replace("columns: [case_id], on_fail", "columns: [citizen_id], on_fail", StringComparison.Ordinal));
        var reading = catalog.Read();
        Assert.Equal(["administrative_units"], reading.Catalog.Datasets.Select(d => d.Id));
        Golden.Match(string.Join("\n", reading.Problems) + "\n");
        Assert.Equal([6, 21, 24, 28, 35], reading.Problems.Select(p => p.Line));
        Assert.All(reading.Problems, p => Assert.Equal("one_stop_cases", p.Dataset));
    }

    [Fact]
    public void A_bad_contract_stops_itself_and_what_depends_on_it()
    {
        using var catalog = new SampleCatalog();
        catalog.Write("administrative_units", SampleCatalog.Units.Replace("key: [code", "key: [kode", StringComparison.Ordinal));
        catalog.Write("other", SampleCatalog.Derived("other", "one_stop_cases", "select commune, count(*) as cases from one_stop_cases group by commune"));
        catalog.Write("alone", SampleCatalog.Units.Replace("administrative_units", "alone", StringComparison.Ordinal));
        var reading = catalog.Read();
        Assert.Equal(["alone"], reading.Catalog.Datasets.Select(d => d.Id));
        Assert.Equal("OD1009", reading.ProblemsOf("administrative_units").Single().Code);
        Assert.Equal("OD1015", reading.ProblemsOf("one_stop_cases").Single().Code);
        Assert.Equal("OD1015", reading.ProblemsOf("other").Single().Code);
    }
}
