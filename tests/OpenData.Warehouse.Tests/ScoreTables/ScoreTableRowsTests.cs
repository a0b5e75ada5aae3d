using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;
using OpenData.TestKit;
using OpenData.Warehouse.ScoreTables;
using OpenData.Warehouse.Scoring;

namespace OpenData.Warehouse.Tests.ScoreTables;

/// <summary>What stands in the published tables of a round, and what never does.</summary>
public sealed class ScoreTableRowsTests
{
    public static TheoryData<string> Tables => ["frameworks", "scores", "component_scores", "ranks", "evidence"];

    [Theory]
    [MemberData(nameof(Tables))]
    public void Every_row_has_the_columns_of_the_shipped_contract_and_no_other(string table)
    {
        var contract = CatalogReader.Read(Repository.File("catalogs/thai-nguyen")).Catalog.Datasets.Single(d => d.Source is { Kind: "scores" } && d.Source.Table == table);
        var expected = contract.Columns.Select(c => c.Name).Order(StringComparer.Ordinal).ToList();
        var rows = Rows(table, TownRound.Usual().Publish());
        Assert.NotEmpty(rows);
        Assert.All(rows, r => Assert.Equal(expected, r.Fields.Select(f => f.Key).Order(StringComparer.Ordinal)));
        Assert.Distinct(rows.Select(r => string.Join('\t', contract.Key.Select(k => r[k]))), StringComparer.Ordinal);
    }

    [Fact]
    public void Self_verified_and_official_are_three_values()
    {
        var rows = Rows("scores", TownRound.Usual().Publish());
        var total = Total(rows, "a");
        Assert.Equal(("66.6666666667", "33.3333333333", "33.3333333333"), (total["self_points"], total["verified_points"], total["points"]));
        Assert.Equal(("0.6667", "0.3333"), (total["self_value"], total["value"]));
        var council = Total(rows, "b");
        Assert.Equal(("23.3333333333", "33.3333333333"), (council["verified_points"], council["points"]));
    }

    [Fact]
    public void Parts_add_up_to_every_index_pillar_and_total_also_of_a_unit_that_was_made_of_others()
    {
        var rows = Rows("scores", TownRound.Usual().Publish());
        Assert.All(rows, r =>
        {
            Assert.InRange(Number(r, "points") - Number(r, "parts_points"), -0.0000001m, 0.0000001m);
            Assert.InRange(Number(r, "maximum") - Number(r, "parts_maximum"), -0.0000001m, 0.0000001m);
        });
        Assert.Equal("33.3333333333", Total(rows, "ab")["points"]);
    }

    [Fact]
    public void A_monitored_index_and_a_pillar_are_not_counted()
    {
        var rows = Rows("scores", TownRound.Usual().Publish()).Where(r => r["unit"] == "b").ToDictionary(r => r["code"]!);
        Assert.Equal(["total", "G", "S", "1", "2", "3"], rows.Keys);
        Assert.Equal(["true", "false", "false", "true", "true", "false"], rows.Values.Select(r => r["counted"]));
        Assert.Equal(("2", "3"), (rows["3"]["points"], rows["3"]["maximum"]));
        Assert.Equal(Number(rows["total"], "points"), Number(rows["1"], "points") + Number(rows["2"], "points"));
    }

    [Fact]
    public void A_component_says_on_whose_word_it_stands()
    {
        var round = TownRound.Usual();
        round.Computed("b", "1.1", ("a", 3), ("b", 4));
        var rows = Rows("component_scores", round.Publish()).ToDictionary(r => (r["unit"]!, r["component"]!));
        Assert.Equal(("verified", "a=1; b=3", null), (rows[("a", "1.1")]["origin"], rows[("a", "1.1")]["inputs"], rows[("a", "1.1")]["queries"]));

        // Claimed and never verified: it counts for nothing, and the row says why.
        Assert.Equal(("self_reported", "missing", "0"), (rows[("a", "2.1")]["origin"], rows[("a", "2.1")]["state"], rows[("a", "2.1")]["points"]));
        Assert.Equal("40", rows[("a", "2.1")]["self_points"]);
        Assert.Equal(("automatic", "a=3; b=4", "30"), (rows[("b", "1.1")]["origin"], rows[("b", "1.1")]["inputs"], rows[("b", "1.1")]["points"]));
        Assert.Equal("a: documents 20260101T000000Z (12); b: documents 20260101T000000Z (12)", rows[("b", "1.1")]["dataset_versions"]);
        Assert.Equal("a: select sum(a) -- unit = 'b'\nb: select sum(b) -- unit = 'b'", rows[("b", "1.1")]["queries"]);
        Assert.Equal(("adjusted", "level=deputy", "20"), (rows[("b", "1.2")]["state"], rows[("b", "1.2")]["inputs"], rows[("b", "1.2")]["points"]));
        Assert.Equal(("invalid", "above_whole"), (rows[("c", "1.1")]["state"], rows[("c", "1.1")]["problem"]));
        Assert.Equal("not_applicable", rows[("c", "2.1")]["state"]);
        Assert.Null(rows[("b", "2.1")]["origin"]);
        Assert.DoesNotContain(rows.Keys, k => k.Item1 == "ab");
    }

    [Fact]
    public void Equal_units_share_a_rank_and_an_unranked_one_has_no_row()
    {
        var rows = Rows("ranks", TownRound.Usual().Publish());
        Assert.Equal(["a", "b", "ab"], rows.Select(r => r["unit"]));
        Assert.All(rows, r => Assert.Equal(("1", "3", "3"), (r["rank"], r["sharing"], r["ranked_units"])));
        Assert.All(rows, r => Assert.Equal("0.33333333333333333333", r["compared"]));
    }

    [Fact]
    public void Evidence_is_numbered_by_date_and_named_once_however_often_it_is_given()
    {
        var rows = Rows("evidence", TownRound.Usual().Publish());
        Assert.Equal([("1", null, new string('b', 64)), ("2", "12/QĐ-UBND", new string('a', 64))], rows.Select(r => (r["number"], r["document_number"], r["sha256"])));
        Assert.Equal(("2025-03-04", "application/pdf", "1234"), (rows[1]["document_date"], rows[1]["media_type"], rows[1]["bytes"]));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Explanations_reasons_names_of_files_and_people_are_in_no_table(string table)
        => Assert.DoesNotContain("0912345678", Body(Rows(table, TownRound.Usual().Publish()), 4096), StringComparison.Ordinal);

    [Fact]
    public void The_frozen_framework_of_a_round_stands_before_the_catalogue_s_of_the_same_version()
    {
        var round = TownRound.Usual().Publish();
        var changed = FrameworkReader.ReadOne(round.Round.FrameworkYaml.Replace("en: Town index", "en: Changed", StringComparison.Ordinal), "town_index.yaml").Frameworks.Single();
        var rows = ScoreTableRows.Of(ScoreTable.Frameworks, [round], [changed, changed with { Version = 2 }]).Where(r => r["level"] == "framework").ToList();
        Assert.Equal([("1", "Town index"), ("2", "Changed")], rows.Select(r => (r["version"], r["name_en"])));
        Assert.Equal(round.Round.FactsHash, rows[0]["facts_sha256"]);
    }

    [Fact]
    public void A_result_that_is_not_the_one_published_is_noticed()
    {
        var round = TownRound.Usual().Publish();
        Assert.True(round.IsAsPublished);
        var altered = round.Content with { Entries = [.. round.Content.Entries.Select(e => e.Unit == "b" && e.Component == "1.1" ? e with { Answer = ComponentAnswer.Of("1.1", ("a", 2), ("b", 3)) } : e)] };
        Assert.False(PublishedRound.Of(altered, round.Revision).IsAsPublished);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void The_body_is_one_array_of_all_rows_however_it_is_read(int buffer)
    {
        var rows = Rows("component_scores", TownRound.Usual().Publish());
        using var document = JsonDocument.Parse(Body(rows, buffer));
        Assert.Equal(rows.Count, document.RootElement.GetArrayLength());
        Assert.Equal(rows[3]["unit_name"], document.RootElement[3].GetProperty("unit_name").GetString());
        Assert.Equal("[]\n", Body([], buffer));
    }

    private static string Body(IEnumerable<ScoreRow> rows, int buffer)
    {
        using var stream = new ScoreTableStream(rows);
        using var copy = new MemoryStream();
        stream.CopyTo(copy, buffer);
        return Encoding.UTF8.GetString(copy.ToArray());
    }

    private static List<ScoreRow> Rows(string table, PublishedRound round) => [.. ScoreTableRows.Of(ScoreTableWord.Of(table)!.Value, [round], [])];

    private static ScoreRow Total(IEnumerable<ScoreRow> rows, string unit) => rows.Single(r => r["unit"] == unit && r["level"] == "total");

    private static decimal Number(ScoreRow row, string name) => decimal.Parse(row[name]!, CultureInfo.InvariantCulture);
}
