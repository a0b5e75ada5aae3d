using System.Text;

namespace OpenData.Catalogs.Tests;

public sealed class CatalogRulesTests
{
    private const string CountByCommune = "select commune, count(*) as cases from one_stop_cases group by commune";
    private const string Suppressed = "access: open\nsuppress: { when: { column: cases, count_below: 5 }, columns: [cases], within: [] }";

    [Theory]
    [InlineData("publisher: so_noi_vu", "publisher: so_noi_vuu", "did you mean `so_noi_vu`?")]
    [InlineData("theme: government", "theme: water", "theme `water` is not in themes.yaml")]
    [InlineData("license: vn_open_1", "license: cc0", "license `cc0` is not in licenses.yaml")]
    [InlineData("codelist: administrative_units", "codelist: units_of_old", "no dataset of this catalogue")]
    [InlineData("dataset: administrative_units, match", "dataset: administrative_unit, match", "did you mean `administrative_units`?")]
    [InlineData("to: administrative_units", "to: nowhere", "relation `commune_unit` names `nowhere`")]
    public void A_name_of_nothing_is_found(string right, string wrong, string words)
    {
        using var catalog = new SampleCatalog();
        catalog.Write("one_stop_cases", SampleCatalog.Cases.Replace(right, wrong, StringComparison.Ordinal));
        var problem = Assert.Single(catalog.Read().Problems);
        Assert.Equal("OD1011", problem.Code);
        Assert.Contains(words, problem.Sentence, StringComparison.Ordinal);
        Assert.True(problem.Line > 1);
    }

    [Theory]
    [InlineData("match: code", "match: kode", "OD1009")]
    [InlineData("match: code", "match: valid_from", "OD1016")]
    [InlineData("on: { commune: code }", "on: { commune: level, fee: name }", "OD1016")]
    public void Columns_of_the_other_dataset_exist_and_can_be_equal(string right, string wrong, string code)
    {
        using var catalog = new SampleCatalog();
        catalog.Write("one_stop_cases", SampleCatalog.Cases.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Equal(code, Assert.Single(catalog.Read().Problems).Code);
    }

    [Fact]
    public void A_relation_as_at_needs_validity_there()
    {
        using var catalog = new SampleCatalog();
        catalog.Write("administrative_units", SampleCatalog.Units.Replace("name: valid_to", "name: valid_until", StringComparison.Ordinal));
        Assert.Contains("valid_from and valid_to", Assert.Single(catalog.Read().Problems).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_named_after_its_dataset()
    {
        using var catalog = new SampleCatalog();
        catalog.Write("copy", SampleCatalog.Units);
        catalog.File("datasets/other.yml", SampleCatalog.Units);
        var reading = catalog.Read();
        Assert.Equal(["OD1017", "OD1017"], reading.Problems.Select(p => p.Code));
        Assert.Equal(2, reading.Catalog.Datasets.Count);
    }

    [Fact]
    public void A_bad_entry_of_a_register_stops_only_what_names_it()
    {
        using var catalog = new SampleCatalog();
        catalog.File("publishers.yaml", SampleCatalog.Publishers.Replace("https://example.vn", "example", StringComparison.Ordinal));
        catalog.Write("administrative_units", SampleCatalog.Units.Replace("so_noi_vu", "so_kh_cn", StringComparison.Ordinal));
        catalog.Write("alone", SampleCatalog.Units.Replace("dataset: administrative_units", "dataset: alone", StringComparison.Ordinal));
        var reading = catalog.Read();
        Assert.Equal(["alone"], reading.Catalog.Datasets.Select(d => d.Id));
        Assert.Equal("publishers.yaml", reading.Problems[0].File);
        Assert.Equal("OD1015", reading.ProblemsOf("administrative_units").Single().Code);
    }

    [Theory]
    [InlineData("publishers.yaml", "agency_code", "agencycode", "OD1003")]
    [InlineData("publishers.yaml", "id: so_kh_cn", "id: so_noi_vu", "OD1008")]
    [InlineData("themes.yaml", "GOVE", "GOVERNMENT", "OD1006")]
    [InlineData("licenses.yaml", "{version}'", "{versoin}'", "OD1006")]
    [InlineData("licenses.yaml", "2025-01-01", "tomorrow", "OD1006")]
    public void Registers_are_checked_too(string file, string right, string wrong, string code)
    {
        using var catalog = new SampleCatalog();
        var text = file switch { "publishers.yaml" => SampleCatalog.Publishers, "themes.yaml" => SampleCatalog.Themes, _ => SampleCatalog.Licenses };
        Assert.Contains(right, text, StringComparison.Ordinal);
        catalog.File(file, text.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Contains(catalog.Read().Problems, p => p.File == file && p.Code == code && p.Line > 0);
    }

    [Fact]
    public void Files_that_cannot_be_read_are_named()
    {
        using var catalog = new SampleCatalog();
        File.Delete(Path.Combine(catalog.Folder, "themes.yaml"));
        File.WriteAllBytes(Path.Combine(catalog.Folder, "datasets", "latin.yaml"), [.. "dataset: x\ntitle: "u8, 0xE9, (byte)'\n']);
        File.WriteAllBytes(Path.Combine(catalog.Folder, "datasets", "wide.yaml"), Encoding.Unicode.GetPreamble());
        File.WriteAllBytes(Path.Combine(catalog.Folder, "datasets", "huge.yaml"), new byte[1024 * 1024 + 1]);
        var problems = catalog.Read().Problems;
        Assert.Contains(problems, p => p is { File: "themes.yaml", Code: "OD1001" });
        Assert.Contains(problems, p => p is { File: "datasets/latin.yaml", Line: 2 } && p.Sentence.Contains("0xE9", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.File == "datasets/wide.yaml" && p.Sentence.Contains("UTF-16", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.File == "datasets/huge.yaml" && p.Sentence.Contains("at most", StringComparison.Ordinal));
    }

    [Fact]
    public void A_byte_order_mark_does_no_harm()
    {
        using var catalog = new SampleCatalog();
        File.WriteAllBytes(Path.Combine(catalog.Folder, "datasets", "one_stop_cases.yaml"), [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(SampleCatalog.Cases)]);
        Assert.Empty(catalog.Read().Problems);
    }

    [Fact]
    public void An_empty_folder_says_what_is_missing()
    {
        using var folder = new TestKit.TestFolder();
        Assert.Equal(
            ["publishers.yaml", "themes.yaml", "licenses.yaml", "datasets"], CatalogReader.Read(folder.Path).Problems.Select(p => p.File));
    }

    [Fact]
    public void Manual_values_are_there_and_inside_the_catalogue()
    {
        using var catalog = new SampleCatalog();
        catalog.Write("administrative_units", SampleCatalog.Units.Replace("units.csv", "unit.csv", StringComparison.Ordinal));
        Assert.Contains(catalog.Read().Problems, p => p.Code == "OD1011" && p.Sentence.Contains("unit.csv", StringComparison.Ordinal));
        foreach (var outside in new[] { "../../x.csv", "/etc/passwd", "a/../../../x.csv", "../data/" })
        {
            var yaml = SampleCatalog.Units.Replace("../data/units.csv", outside, StringComparison.Ordinal);
            Assert.Contains(CatalogReader.ReadContract(yaml, "x.yaml").Problems, p => p.Sentence.Contains("inside the catalogue", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_derived_dataset_declares_what_it_reads()
    {
        using var catalog = new SampleCatalog();
        catalog.Write("a", SampleCatalog.Derived("a", "one_stop_cases", "select commune, 1 as cases from one_stop_cases join administrative_units on true"));
        catalog.Write("b", SampleCatalog.Derived("b", "one_stop_cases, administrative_units", CountByCommune));
        catalog.Write("c", SampleCatalog.Derived("c", "one_stop_cases", "select commune, count(citizen_id) as cases from one_stop_cases group by commune"));
        catalog.Write("d", SampleCatalog.Derived("d", "one_stop_cases", "delete from one_stop_cases"));
        catalog.Write("e", SampleCatalog.Derived("e", "one_stop_cases", CountByCommune, "load: merge"));
        catalog.Write("f", SampleCatalog.Derived("f", "one_stop_cases", "with administrative_units as (select 1) select commune, 1 as cases from one_stop_cases, administrative_units"));
        var reading = catalog.Read();
        Assert.Contains("`parents` does not list", reading.ProblemsOf("a").Single().Sentence, StringComparison.Ordinal);
        Assert.Contains("the query does not read", reading.ProblemsOf("b").Single().Sentence, StringComparison.Ordinal);
        Assert.Equal("OD1010", reading.ProblemsOf("c").Single().Code);
        Assert.Contains("must be one SELECT", reading.ProblemsOf("d").Single().Sentence, StringComparison.Ordinal);
        Assert.Equal("OD1016", reading.ProblemsOf("e").Single().Code);
        Assert.Empty(reading.ProblemsOf("f"));
    }

    [Fact]
    public void Datasets_that_wait_for_each_other_stop_with_the_path()
    {
        using var catalog = new SampleCatalog();
        catalog.Write("a", SampleCatalog.Derived("a", "b", "select * from b"));
        catalog.Write("b", SampleCatalog.Derived("b", "a", "select * from a"));
        catalog.Write("c", SampleCatalog.Derived("c", "a", "select * from a"));
        catalog.Write("itself", SampleCatalog.Derived("itself", "itself", "select * from itself"));
        var reading = catalog.Read();
        Assert.Equal(2, reading.Catalog.Datasets.Count);
        Assert.Contains("a → b → a", reading.ProblemsOf("a").Single().Sentence, StringComparison.Ordinal);
        Assert.Equal("OD1012", reading.ProblemsOf("b").Single().Code);
        Assert.Equal("OD1015", reading.ProblemsOf("c").Single().Code);
        Assert.Contains("itself → itself", reading.ProblemsOf("itself").Single().Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Small_counts_are_not_hidden_where_finer_rows_are_open()
    {
        using var catalog = new SampleCatalog();
        catalog.Write("counts", SampleCatalog.Derived("counts", "one_stop_cases", CountByCommune, Suppressed));
        var problem = Assert.Single(catalog.Read().Problems);
        Assert.Equal("OD1013", problem.Code);
        Assert.Contains("of finer grain", problem.Sentence, StringComparison.Ordinal);
        Assert.Equal("counts", problem.Dataset);
    }

    [Fact]
    public void A_closed_dataset_feeds_an_open_aggregate_that_hides_small_counts()
    {
        using var catalog = Closed();
        catalog.Write("counts", SampleCatalog.Derived("counts", "one_stop_cases", CountByCommune, Suppressed));
        catalog.Write("again", SampleCatalog.Derived("again", "counts", "select * from counts"));
        Assert.Empty(catalog.Read().Problems);
    }

    [Fact]
    public void A_parent_that_only_lends_names_is_not_of_finer_grain()
    {
        using var catalog = Closed();
        catalog.Write("counts", SampleCatalog.Derived(
                "counts",
                "one_stop_cases, administrative_units",
                "select u.code as commune, count(*) as cases from one_stop_cases c join administrative_units u on u.code = c.commune group by 1",
                Suppressed)
            .Replace("name: commune, type: code", "name: commune, type: code, codelist: administrative_units", StringComparison.Ordinal));
        Assert.Empty(catalog.Read().Problems);
    }

    [Fact]
    public void A_closed_dataset_is_opened_neither_whole_nor_through_a_middle()
    {
        using var catalog = Closed();
        catalog.Write("bare", SampleCatalog.Derived("bare", "one_stop_cases", CountByCommune));
        catalog.Write("middle", SampleCatalog.Derived("middle", "one_stop_cases", CountByCommune, "access: closed"));
        catalog.Write("through", SampleCatalog.Derived("through", "middle", "select * from middle"));
        catalog.Write("rows", SampleCatalog.Derived("rows", "one_stop_cases", "select case_id as commune, 1 as cases from one_stop_cases", Suppressed)
            .Replace("key: [commune]", "key: row", StringComparison.Ordinal));
        var reading = catalog.Read();
        Assert.Contains("add `suppress`", reading.ProblemsOf("bare").Single().Sentence, StringComparison.Ordinal);
        Assert.Empty(reading.ProblemsOf("middle"));
        Assert.All(reading.ProblemsOf("through"), p => Assert.Equal("OD1013", p.Code));
        Assert.NotEmpty(reading.ProblemsOf("through"));
        Assert.Contains("tells single rows", reading.ProblemsOf("rows").Single().Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void An_open_contract_does_not_name_a_closed_dataset()
    {
        using var catalog = new SampleCatalog();
        catalog.Write("administrative_units", SampleCatalog.Units + "\naccess: closed");
        var problems = catalog.Read().ProblemsOf("one_stop_cases");
        Assert.Equal(3, problems.Count);
        Assert.All(problems, p => Assert.Equal("OD1013", p.Code));
    }

    [Theory]
    [InlineData("columns: [cases]", "columns: [commune]", "part of the key")]
    [InlineData("columns: [cases]", "columns: [other]", "would stay visible")]
    [InlineData("columns: [cases], within", "columns: [cases], with", "no field `with`")]
    [InlineData("column: cases", "column: commune", "must be integer")]
    [InlineData("count_below: 5", "count_below: 1", "from 2 to 1000")]
    [InlineData("type: integer,", "type: integer, required: true,", "remove `required`")]
    [InlineData("access: open", "access: open\norder: [cases, commune]", "by their place")]
    public void A_suppression_that_would_not_hide_is_refused(string right, string wrong, string words)
    {
        var yaml = SampleCatalog.Derived("counts", "one_stop_cases", CountByCommune, Suppressed)
            .Replace("columns:\n", "columns:\n  - { name: other, type: integer, title: { vi: Khác, en: Other } }\n", StringComparison.Ordinal)
            .Replace(right, wrong, StringComparison.Ordinal);
        var problems = CatalogReader.ReadContract(yaml, "counts.yaml").Problems;
        Assert.True(problems.Any(p => p.Sentence.Contains(words, StringComparison.Ordinal)), string.Join("\n", problems));
    }

    private static SampleCatalog Closed()
    {
        var catalog = new SampleCatalog();
        catalog.Write("one_stop_cases", SampleCatalog.Cases.Replace("access: open", "access: closed", StringComparison.Ordinal));
        return catalog;
    }
}
