using System.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;
using OpenData.TestKit;
using OpenData.Warehouse.Rounds;
using OpenData.Warehouse.Scoring;
using OpenData.Warehouse.ScoreTables;

namespace OpenData.Portal.Tests;

/// <summary>A town with the sample rounds published as they are in earnest: answers → results → rows → landing → version.</summary>
internal static class ScoreTown
{
    /// <summary>A text that people may write into an answer and that must never leave the house.</summary>
    public const string Planted = "PLANTED Nguyễn Văn A 0912345678";

    /// <summary>A name that is no markup.</summary>
    public const string Hostile = "Sở <script>alert(1)</script> & \"Con\"";

    // What automatic inputs of the frameworks are counted from; without them the catalogue refuses the frameworks.
    private static readonly (string Dataset, string Columns)[] Counted =
    [
        ("document_exchange", "agency_code signed sent"),
        ("citizen_reports_monthly", "commune resolved reports"),
        ("cashless_markets", "commune stalls_qr stalls"),
    ];

    private static readonly DateTimeOffset Published = new(2026, 2, 1, 8, 0, 0, TimeSpan.FromHours(7));

    private static readonly (string Dataset, ScoreTable Table)[] Tables =
    [
        ("dti_frameworks", ScoreTable.Frameworks),
        ("dti_scores", ScoreTable.Scores),
        ("dti_component_scores", ScoreTable.ComponentScores),
        ("dti_ranks", ScoreTable.Ranks),
        ("dti_evidence", ScoreTable.Evidence),
    ];

    /// <summary>Two years of departments and one of communes, with outlines.</summary>
    public static async Task<TestTown> BuildAsync()
    {
        var town = new TestTown();
        Directory.CreateDirectory(Path.Combine(town.CatalogFolder, "data/geo"));
        foreach (var file in Directory.EnumerateFiles(Repository.File("catalogs/thai-nguyen/data/geo")))
        {
            File.Copy(file, Path.Combine(town.CatalogFolder, "data/geo", Path.GetFileName(file)));
        }

        await PublishAsync(town, Round("department", 2024), Round("department", 2025), Round("commune", 2025));
        return town;
    }

    /// <summary>Publishes the tables of these rounds, and of nothing else.</summary>
    public static async Task PublishAsync(TestTown town, params PublishedRound[] rounds)
    {
        var frameworks = new[] { Framework("department"), Framework("commune") };
        foreach (var (dataset, columns) in Counted)
        {
            town.WriteContract(dataset, CountedContract(dataset, columns.Split(' ')));
        }

        foreach (var framework in frameworks)
        {
            town.WriteFramework(framework.Id, framework.Yaml);
        }

        foreach (var (dataset, table) in Tables)
        {
            using var body = new StreamReader(new ScoreTableStream(ScoreTableRows.Of(table, rounds, frameworks)), Encoding.UTF8);
            await town.PublishAsync(dataset, Contract(dataset), await body.ReadToEndAsync());
        }
    }

    /// <summary>A sample round; in the year before, the first unit had nothing in its first component.</summary>
    public static PublishedRound Round(string level, int year, int revision = 1)
    {
        var framework = Framework(level);
        var id = $"dti_{level}-{year}";
        var folder = Repository.File($"samples/rounds/dti_{level}-2025");
        var units = RoundFiles.Units(File.ReadAllText($"{folder}/units.csv")).ToList();
        if (level == "department")
        {
            units[1] = units[1] with { Name = Hostile };
        }

        var entries = RoundFiles.Answers(File.ReadAllText($"{folder}/answers.csv"), framework)
            .Where(d => year == 2025 || d.Unit != units[0].Code || d.Answer.Component != "1.2")
            .Select((d, i) => new RoundEntry(id, i + 1, d.Unit, d.Kind, d.Answer, Planted, RoundRole.Council, Published) { Explanation = Planted, Reason = Planted, Evidence = i == 0 ? ["e1"] : [] })
            .ToList();
        var counted = framework.Components.First(c => c.Automatic.Count > 0);
        var answered = entries.Count;
        entries.AddRange(units.Where(u => !u.IsMerged).Select((u, i) => Computed(id, answered + i + 1, u.Code, counted)));
        var round = new Round(
            id, framework.Id, 1, FrameworkFacts.Hash(framework), framework.Yaml, new LocalText($"Đợt {level} {year}", $"Round {level} {year}"), framework.Level,
            new DateOnly(year, 1, 1), new DateOnly(year, 12, 31), Planted, Published)
        {
            IsSynthetic = true,
        };
        var evidence = new RoundEvidence("e1", id, entries[0].Unit, new string('a', 64), $"{Planted}.pdf", "application/pdf", 1234, Planted, Published)
        {
            DocumentNumber = "12/QĐ-UBND <b>",
            DocumentDate = new DateOnly(year, 3, 4),
        };
        var content = new RoundContent(round, units, entries, [evidence]);
        return PublishedRound.Of(content, new RoundRevision(id, revision, Planted, Published.AddDays(revision), entries.Count, RoundResultHash.Of(RoundResults.Of(content))));
    }

    private static RoundEntry Computed(string round, long sequence, string unit, Component component)
    {
        var numbers = component.Formula.Roles.Select((role, at) => (Role: role, Value: 9m + at)).ToList();
        return new RoundEntry(round, sequence, unit, EntryKind.Automatic, ComponentAnswer.Of(component.Code, numbers.Select(n => (n.Role, n.Value))), "cli", RoundRole.Council, Published)
        {
            Queries = [.. numbers.Select(n => new AutomaticQuery(n.Role, "dti_ranks", "20260101T000000Z", $"select sum({n.Role}) where unit = '{unit}'", 12, n.Value, Published))],
        };
    }

    private static Framework Framework(string level)
        => FrameworkReader.ReadOne(File.ReadAllText(Repository.File($"catalogs/thai-nguyen/frameworks/dti_{level}.yaml")), $"dti_{level}.yaml").Frameworks.Single();

    private static string CountedContract(string dataset, string[] columns) => $$"""
        dataset: {{dataset}}
        title: { vi: Số liệu đếm, en: Counted }
        summary: { vi: Mỗi dòng là một tháng., en: One row per month. }
        publisher: so_cong_thuong
        theme: economy
        license: vn_open_1
        source: { kind: csv, url: "${AGENCIES_URL}/{{dataset}}.csv" }
        key: [{{columns[0]}}, month]
        columns:
          - { name: {{columns[0]}}, type: code, required: true, title: { vi: Đơn vị, en: Unit } }
          - { name: month, type: date, required: true, title: { vi: Tháng, en: Month } }
          - { name: {{columns[1]}}, type: integer, title: { vi: Phần, en: Part } }
          - { name: {{columns[2]}}, type: integer, title: { vi: Toàn phần, en: Whole } }
        """;

    private static string Contract(string dataset)
        => File.ReadAllText(Repository.File($"catalogs/thai-nguyen/datasets/{dataset}.yaml"))
            .Replace("publisher: so_khcn", "publisher: so_cong_thuong", StringComparison.Ordinal)
            .Replace("theme: technology", "theme: economy", StringComparison.Ordinal);
}
