namespace OpenData.Catalogs.Tests.Frameworks;

/// <summary>A small good framework; tests break it in one place.</summary>
internal static class SampleFramework
{
    internal const string Yaml = """
        framework: sample
        version: 3
        title: { vi: Bộ mẫu, en: Sample }
        level: commune
        total: 100
        decimals: 4
        pillars:
          - { code: DG, name: { vi: Chính quyền số, en: Government }, points: 100, main: ["1", "2"] }
        peer_groups:
          - { code: ward, name: { vi: Phường, en: Wards } }
        main_indices:
          - code: "1"
            name: { vi: Nhận thức số, en: Awareness }
            points: 60
            component_count: 2
            components:
              - { code: "1.1", name: { vi: Trưởng ban, en: Chair }, points: 20, formula: { kind: levels, levels: { head: 1, deputy: 0.5, none: 0 } } }
              - code: "1.2"
                name: { vi: Cuộc họp, en: Meetings }
                points: 40
                formula: { kind: ratio, zero: not_applicable }
                inputs:
                  - { role: a, title: { vi: Do người đứng đầu chủ trì, en: Chaired by the head } }
                  - { role: b, title: { vi: Tất cả, en: All } }
          - code: "2"
            name: { vi: Hoạt động, en: Activity }
            points: 40
            components:
              - { code: "2.1", name: { vi: Sáng kiến, en: Initiatives }, points: 40, formula: { kind: count_capped, full: 3 }, missing: previous }
          - code: "3"
            name: { vi: Theo dõi, en: Monitored }
            points: 0
            components:
              - { code: "3.1", name: { vi: Dịch vụ, en: Services }, points: 1, formula: { kind: boolean } }
        """;
}
