using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;
using OpenData.Warehouse.Rounds;

namespace OpenData.Warehouse.Tests.Rounds;

/// <summary>A small framework with every kind of answer, units of two leagues, and people in their roles.</summary>
internal static class RoundSample
{
    internal const string Yaml = """
        framework: sample
        version: 3
        title: { vi: Bộ mẫu, en: Sample }
        level: commune
        total: 100
        peer_groups:
          - { code: ward, name: { vi: Phường, en: Wards } }
          - { code: commune, name: { vi: Xã, en: Communes } }
        main_indices:
          - code: "1"
            name: { vi: Nhận thức số, en: Awareness }
            points: 60
            components:
              - { code: "1.1", name: { vi: Trưởng ban, en: Chair }, points: 20, formula: { kind: levels, levels: { head: 1, deputy: 0.5, none: 0 } } }
              - { code: "1.2", name: { vi: Cuộc họp, en: Meetings }, points: 40, formula: { kind: ratio, zero: not_applicable } }
          - code: "2"
            name: { vi: Hoạt động, en: Activity }
            points: 40
            components:
              - code: "2.1"
                name: { vi: Chợ, en: Markets }
                points: 30
                formula: { kind: ratio }
                automatic:
                  - { role: b, dataset: things, unit: unit, measure: count, period: day }
              - { code: "2.2", name: { vi: Sáng kiến, en: Initiatives }, points: 10, formula: { kind: count_capped, full: 4 }, missing: previous }
        """;

    internal static readonly RoundActor Administrator = new("minh", RoundRole.Administrator);
    internal static readonly RoundActor Officer = new("lan", RoundRole.Officer) { Units = ["u1"] };
    internal static readonly RoundActor Verifier = new("hoa", RoundRole.Verifier);
    internal static readonly RoundActor Council = new("dung", RoundRole.Council);

    internal static readonly IReadOnlyList<RoundUnit> Units =
    [
        new("u1", "Phường Một", "ward", true, []),
        new("u2", "Phường Hai", "ward", true, []),
        new("u3", "Xã Ba", "commune", false, []),
    ];

    internal static Framework Framework(string yaml = Yaml)
    {
        var reading = FrameworkReader.ReadOne(yaml, "sample.yaml");
        Assert.Empty(reading.Problems);
        return reading.Frameworks[0];
    }

    internal static NewRound New(string id = "sample-2025", string yaml = Yaml)
        => new(id, Framework(yaml), new LocalText("Đợt mẫu 2025", "Sample round 2025"), new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31), Units) { IsSynthetic = true };
}
