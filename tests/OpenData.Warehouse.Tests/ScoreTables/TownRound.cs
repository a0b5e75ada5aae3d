using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;
using OpenData.Warehouse.Rounds;
using OpenData.Warehouse.ScoreTables;
using OpenData.Warehouse.Scoring;

namespace OpenData.Warehouse.Tests.ScoreTables;

/// <summary>A small round: three towns and one that was made of two of them, a monitored index, a pillar that shares an index with another.</summary>
internal sealed class TownRound
{
    public const string Planted = "Nguyễn Văn A 0912345678";

    private const string Yaml = """
        framework: town_index
        title: { vi: Chỉ số thị trấn, en: Town index }
        level: commune
        total: 100
        pillars:
          - { code: G, name: { vi: Chính quyền, en: Government }, main: ["1", "2"] }
          - { code: S, name: { vi: Xã hội, en: Society }, main: ["1"] }
        main_indices:
          - code: "1"
            name: { vi: Nhận thức, en: Awareness }
            points: 60
            components:
              - code: "1.1"
                name: { vi: Văn bản, en: Documents }
                points: 40
                formula: { kind: ratio }
                inputs: [ { role: a, title: { vi: Ký số, en: Signed } }, { role: b, title: { vi: Gửi đi, en: Sent }, unit: document } ]
              - code: "1.2"
                name: { vi: Trưởng ban, en: Chair }
                points: 20
                formula: { kind: levels, levels: { head: 1, deputy: 0.5, none: 0 } }
                inputs: [ { role: level, title: { vi: Chức vụ, en: Office } } ]
          - code: "2"
            name: { vi: Thể chế, en: Institutions }
            points: 40
            components:
              - code: "2.1"
                name: { vi: Kế hoạch, en: Plan }
                points: 40
                formula: { kind: boolean }
                inputs: [ { role: value, title: { vi: Đã ban hành, en: Issued } } ]
          - code: "3"
            name: { vi: Theo dõi, en: Watched }
            points: 0
            components:
              - code: "3.1"
                name: { vi: Sáng kiến, en: Initiatives }
                points: 3
                formula: { kind: count_capped, full: 3 }
                inputs: [ { role: n, title: { vi: Số sáng kiến, en: Initiatives } } ]
        """;

    private static readonly DateTimeOffset Opened = new(2026, 1, 5, 8, 0, 0, TimeSpan.FromHours(7));

    private readonly List<RoundEntry> _entries = [];

    public Round Round { get; } = new(
        "town_index-2025", "town_index", 1, FrameworkFacts.Hash(FrameworkReader.ReadOne(Yaml, "town_index.yaml").Frameworks.Single()), Yaml,
        new LocalText("Đợt 2025", "Round 2025"), UnitLevel.Commune, new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31), "lan", Opened)
    {
        IsSynthetic = true,
    };

    public List<RoundUnit> Units { get; } =
    [
        new("a", "Thị trấn A", null, true, []),
        new("b", "Thị trấn B", null, true, []),
        new("c", "Thị trấn C", null, false, []),
        new("ab", "Thị trấn AB", null, true, ["a", "b"]),
    ];

    public List<RoundEvidence> Evidence { get; } =
    [
        new("e1", "town_index-2025", "a", new string('a', 64), $"{Planted}.pdf", "application/pdf", 1234, Planted, Opened)
        {
            DocumentNumber = "12/QĐ-UBND",
            DocumentDate = new DateOnly(2025, 3, 4),
        },
        new("e2", "town_index-2025", "a", new string('b', 64), "b.png", "image/png", 9, "lan", Opened),
    ];

    /// <summary>The usual answers: A claims a third more documents than were verified, B is all verified, C answers nothing to 2.1.</summary>
    public static TownRound Usual()
    {
        var round = new TownRound();
        round.Enter("a", EntryKind.Self, ComponentAnswer.Of("1.1", ("a", 2), ("b", 3)), "e1", "e2", "e1");
        round.Enter("a", EntryKind.Verified, ComponentAnswer.Of("1.1", ("a", 1), ("b", 3)), "e1");
        round.Enter("a", EntryKind.Verified, ComponentAnswer.OfLevel("1.2", "head"));
        round.Enter("a", EntryKind.Self, ComponentAnswer.Of("2.1", ("value", 1)));
        round.Enter("b", EntryKind.Verified, ComponentAnswer.Of("1.1", ("a", 1), ("b", 3)));
        round.Enter("b", EntryKind.Verified, ComponentAnswer.OfLevel("1.2", "deputy"));
        round.Enter("b", EntryKind.Council, new ComponentAnswer("1.2", AnswerKind.Answered) { Level = "deputy", SetShare = 1 });
        round.Enter("b", EntryKind.Verified, ComponentAnswer.Of("3.1", ("n", 2)));
        round.Enter("c", EntryKind.Verified, ComponentAnswer.Of("1.1", ("a", 5), ("b", 3)));
        round.Enter("c", EntryKind.Verified, new ComponentAnswer("2.1", AnswerKind.NotApplicable));
        return round;
    }

    public TownRound Enter(string unit, EntryKind kind, ComponentAnswer answer, params string[] evidence)
    {
        _entries.Add(new RoundEntry(Round.Id, _entries.Count + 1, unit, kind, answer, Planted, RoundRole.Council, Opened)
        {
            Explanation = Planted,
            Reason = Planted,
            Evidence = evidence,
        });
        return this;
    }

    public TownRound Computed(string unit, string component, params (string Role, decimal Value)[] numbers)
    {
        _entries.Add(new RoundEntry(Round.Id, _entries.Count + 1, unit, EntryKind.Automatic, ComponentAnswer.Of(component, numbers), "cli", RoundRole.Council, Opened)
        {
            Queries = [.. numbers.Select(n => new AutomaticQuery(n.Role, "documents", "20260101T000000Z", $"select sum({n.Role}) -- unit = '{unit}'", 12, n.Value, Opened))],
        });
        return this;
    }

    public PublishedRound Publish(int number = 1)
    {
        var content = new RoundContent(Round, Units, [.. _entries], Evidence);
        var hash = RoundResultHash.Of(RoundResults.Of(content));
        return PublishedRound.Of(content, new RoundRevision(Round.Id, number, "lan", Opened.AddDays(30), _entries.Count, hash));
    }
}
