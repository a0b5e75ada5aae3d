using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;
using OpenData.TestKit;
using OpenData.Warehouse.Rounds;
using OpenData.Warehouse.Scoring;
using static OpenData.Warehouse.Tests.Rounds.RoundSample;

namespace OpenData.Warehouse.Tests.Rounds;

public sealed class RoundResultsTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_query_fills_its_inputs_in_every_result_and_a_person_the_others() => Culture.Vietnamese(() =>
    {
        var automatic = Entry(1, "u1", EntryKind.Automatic, ComponentAnswer.Of("2.1", ("b", 10)));
        var self = Entry(2, "u1", EntryKind.Self, ComponentAnswer.Of("2.1", ("a", 9)));
        var verified = Entry(3, "u1", EntryKind.Verified, ComponentAnswer.Of("2.1", ("a", 5)));
        Assert.Equal([0m, 0m, 0m], Points(automatic));
        Assert.Equal([27m, 0m, 0m], Points(automatic, self));
        Assert.Equal([27m, 15m, 15m], Points(automatic, self, verified));

        // The council sets the query aside only by saying all of it.
        Assert.Equal([27m, 15m, 30m], Points(automatic, self, verified, Entry(4, "u1", EntryKind.Council, ComponentAnswer.Of("2.1", ("a", 8), ("b", 8)))));
        Assert.Equal([27m, 15m, 12m], Points(automatic, self, verified, Entry(4, "u1", EntryKind.Council, new ComponentAnswer("2.1", AnswerKind.Answered) { SetShare = 0.4m })));

        static IEnumerable<decimal> Points(params IReadOnlyList<RoundEntry> entries)
        {
            var result = RoundResults.Of(Content(entries));
            return new[] { result.Self, result.Verified, result.Final }.Select(s => s.Find("u1")!.Total.Points);
        }
    });

    [Fact]
    public void The_latest_entry_of_each_kind_counts_and_the_order_of_entries_and_units_does_not()
    {
        RoundEntry[] entries =
        [
            Entry(1, "u1", EntryKind.Verified, ComponentAnswer.Of("2.2", ("n", 4))), Entry(2, "u1", EntryKind.Verified, ComponentAnswer.Of("2.2", ("n", 1))),
            Entry(3, "u2", EntryKind.Verified, ComponentAnswer.Of("2.2", ("n", 2))), Entry(4, "u3", EntryKind.Verified, ComponentAnswer.Of("2.2", ("n", 3))),
        ];
        var content = Content(entries);
        var result = RoundResults.Of(content);
        Assert.Equal([2.5m, 5m, 7.5m], result.Final.Units.Select(u => u.Total.Points));
        Assert.Equal(["u2 1", "u1 2"], result.Final.Ranks.Select(r => $"{r.Unit} {r.Rank}"));
        Assert.Null(result.Final.RankOf("u3"));

        var turned = RoundResults.Of(content with { Entries = [.. entries.Reverse()], Units = [.. Units.Reverse()] });
        Assert.All(result.Final.Units, u => Assert.Equal(u.Total, turned.Final.Find(u.Unit)!.Total));
        Assert.Equal(result.Final.Ranks, turned.Final.Ranks);
    }

    [Fact]
    public void A_unit_that_was_made_of_others_has_their_mean()
    {
        RoundUnit[] units = [Units[0] with { IsRanked = false }, Units[1] with { IsRanked = false }, new("new", "Phường Mới", "ward", true, ["u1", "u2"])];
        RoundEntry[] entries = [Entry(1, "u1", EntryKind.Verified, ComponentAnswer.Of("1.2", ("a", 3), ("b", 4))), Entry(2, "u2", EntryKind.Verified, ComponentAnswer.Of("2.2", ("n", 4)))];
        var result = RoundResults.Of(Content(entries) with { Units = units });
        var merged = result.Final.Find("new")!;
        Assert.Equal(20m, merged.Total.Points);
        Assert.Equal([15m, 5m], merged.MainIndices.Select(i => i.Points));
        Assert.Equal(("new", 1, 1), (result.Final.Ranks[0].Unit, result.Final.Ranks[0].Rank, result.Final.Ranks[0].Of));
    }

    private static RoundContent Content(IReadOnlyList<RoundEntry> entries)
        => new(
            new Round("sample-2025", "sample", 3, "", Yaml, new LocalText("Đợt", "Round"), UnitLevel.Commune, new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31), "minh", At),
            Units,
            entries,
            []);

    private static RoundEntry Entry(long sequence, string unit, EntryKind kind, ComponentAnswer answer)
        => new("sample-2025", sequence, unit, kind, answer, "hoa", RoundRole.Verifier, At);
}
