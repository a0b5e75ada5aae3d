using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace OpenData.Portal.Tests;

/// <summary>A portal with a framework and the people of a round: an administrator, two officers of one unit each, a verifier, a council.</summary>
internal sealed partial class AssessmentTown : IAsyncDisposable
{
    public const string Desk = "admin/assessments";
    public const string RoundDesk = Desk + "/sample-2025";
    public const string UnitsCsv = "code,name\n0001,Phường Một\n0002,Phường Hai\n";

    /// <summary>A document that a browser would take for a page if it were let.</summary>
    public static readonly byte[] Pdf = [.. "%PDF-1.7\n<script>alert(1)</script>"u8];

    private const string Framework = """
        framework: sample
        title: { vi: Bộ mẫu, en: Sample }
        level: commune
        total: 100
        main_indices:
          - code: "1"
            name: { vi: Nhận thức số, en: Awareness }
            points: 60
            components:
              - { code: "1.1", name: { vi: Trưởng ban, en: Chair }, points: 20, formula: { kind: levels, levels: { head: 1, deputy: 0.5, none: 0 } } }
              - code: "1.2"
                name: { vi: Cuộc họp, en: Meetings }
                points: 40
                formula: { kind: ratio, zero: not_applicable }
                inputs:
                  - { role: a, title: { vi: Do người đứng đầu chủ trì, en: Chaired by the head } }
                  - { role: b, title: { vi: Tất cả cuộc họp, en: All meetings } }
          - code: "2"
            name: { vi: Hoạt động, en: Activity }
            points: 40
            components:
              - code: "2.1"
                name: { vi: Quầy hàng, en: Stalls }
                points: 40
                formula: { kind: count_capped, full: 2500 }
                automatic:
                  - { role: n, dataset: markets, unit: market_id, measure: sum, column: stalls }
        """;

    private AssessmentTown(TestTown town, RunningPortal portal)
    {
        Town = town;
        Portal = portal;
    }

    public TestTown Town { get; }

    public RunningPortal Portal { get; }

    /// <summary>Runs the platform, scores nothing.</summary>
    public AdminBrowser Operator { get; private set; } = null!; // Set by StartAsync, as all of them.

    public AdminBrowser Administrator { get; private set; } = null!;

    public AdminBrowser Officer { get; private set; } = null!;

    public AdminBrowser OtherOfficer { get; private set; } = null!;

    public AdminBrowser Verifier { get; private set; } = null!;

    public AdminBrowser Council { get; private set; } = null!;

    /// <summary>The same framework with a component that is measured by the best of all units.</summary>
    public static string RelativeFramework { get; } = Framework.Replace("kind: ratio, zero: not_applicable", "kind: relative_to_best", StringComparison.Ordinal);

    /// <summary>The same framework with every kind of field.</summary>
    public static string FormFramework { get; } = Framework
        .Replace("total: 100", "total: 180", StringComparison.Ordinal)
        .Replace("points: 60", "points: 140", StringComparison.Ordinal)
        .Replace(
            "  - code: \"2\"\n",
            """
                  - { code: "1.3", name: { vi: Kế hoạch, en: Plan }, points: 20, formula: { kind: boolean }, inputs: [ { role: value, title: { vi: Đã ban hành, en: Issued } } ] }
                  - code: "1.4"
                    name: { vi: Hồ sơ, en: Papers }
                    points: 20
                    formula: { kind: parts, parts: { plan: 0.5, report: 0.5 } }
                    inputs:
                      - { role: plan, title: { vi: Kế hoạch, en: Plan } }
                      - { role: report, title: { vi: Báo cáo, en: Report } }
                  - { code: "1.5", name: { vi: Chợ, en: Markets }, points: 20, formula: { kind: count_capped, full: 5 }, inputs: [ { role: n, title: { vi: Số chợ, en: Markets } } ] }
                  - code: "1.6"
                    name: { vi: Tỷ lệ, en: Share }
                    points: 20
                    formula: { kind: ratio, zero: zero }
                    inputs:
                      - { role: a, title: { vi: Đạt, en: Reached } }
                      - { role: b, title: { vi: Trên tổng, en: Of all }, unit: percent }
              - code: "2"

            """.ReplaceLineEndings("\n"),
            StringComparison.Ordinal);

    public static async Task<AssessmentTown> StartAsync(TimeProvider? clock = null, string framework = Framework)
    {
        var town = await TestTown.BuildAsync();
        Directory.CreateDirectory(Path.Combine(town.CatalogFolder, "frameworks"));
        await File.WriteAllTextAsync(Path.Combine(town.CatalogFolder, "frameworks", "sample.yaml"), framework);
        var portal = await RunningPortal.StartAsync(town, clock: clock);
        var made = new AssessmentTown(town, portal);
        made.Operator = await AdminBrowser.FirstOperatorAsync(portal, "lan");
        made.Administrator = await made.Operator.InviteAsync("minh", "scoring_administrator");
        made.Officer = await made.OfficerAsync("hoa", "0001");
        made.OtherOfficer = await made.OfficerAsync("nam", "0002");
        made.Verifier = await made.Operator.InviteAsync("thu", "verifier");
        made.Council = await made.Operator.InviteAsync("dung", "council");
        return made;
    }

    /// <summary>Opens the round by the administrator's form.</summary>
    public async Task OpenAsync(params (string Name, string Value)[] more)
    {
        using var opened = await Administrator.SendAsync(
            Desk + "/open", Desk + "/open",
            [("framework", "sample"), ("suffix", "2025"), ("from", "2025-01-01"), ("to", "2025-12-31"), ("units", UnitsCsv), ("synthetic", "on"), .. more]);
        Assert.Equal(HttpStatusCode.SeeOther, opened.StatusCode);
        Assert.Equal("/" + RoundDesk, opened.Headers.Location!.OriginalString);
    }

    public static string Unit(string code) => $"{RoundDesk}/units/{code}";

    /// <summary>Opens a sheet, types, and sends it as a browser does: with everything else as the page had it.</summary>
    public static async Task<HttpResponseMessage> TypeAsync(
        AdminBrowser person, string unit, string index, (string Name, string Value)[] fields, (string Field, string Name, byte[] Bytes)? file = null)
    {
        var address = $"{Unit(unit)}/{index}";
        var page = await person.Client.GetStringAsync(address);
        using var form = new MultipartFormDataContent();
        foreach (var hidden in Hidden().Matches(page).DistinctBy(h => h.Groups[1].Value))
        {
            form.Add(new StringContent(WebUtility.HtmlDecode(hidden.Groups[2].Value)), hidden.Groups[1].Value);
        }

        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        if (file is { } document)
        {
            var content = new ByteArrayContent(document.Bytes);
            content.Headers.ContentType = new MediaTypeHeaderValue("text/html");
            form.Add(content, document.Field, document.Name);
        }

        return await person.Client.PostAsync(address, form);
    }

    /// <summary>Takes a step and expects that it is taken.</summary>
    public static async Task StepAsync(AdminBrowser person, string unit, string action, string reason = "")
    {
        using var taken = await TryStepAsync(person, unit, action, reason);
        Assert.True(taken.StatusCode == HttpStatusCode.SeeOther, $"{action} of {unit}: {taken.StatusCode}");
    }

    /// <summary>Tries a step.</summary>
    public static Task<HttpResponseMessage> TryStepAsync(AdminBrowser person, string unit, string action, string reason = "")
        => person.SendAsync("admin/password", Unit(unit) + "/step", ("action", action), ("reason", reason));

    /// <summary>Brings a unit to a stage by its people.</summary>
    public async Task BringAsync(AdminBrowser officer, string unit, params string[] actions)
    {
        foreach (var action in actions)
        {
            await StepAsync(action switch { "submit" => officer, "close" => Council, _ => Verifier }, unit, action);
        }
    }

    public static async Task<string> PageAsync(AdminBrowser person, string address) => WebUtility.HtmlDecode(await person.Client.GetStringAsync(address));

    public async ValueTask DisposeAsync()
    {
        foreach (var person in new[] { Operator, Administrator, Officer, OtherOfficer, Verifier, Council })
        {
            person.Dispose();
        }

        await Portal.DisposeAsync();
        Town.Dispose();
    }

    public async Task<AdminBrowser> OfficerAsync(string name, string units, params string[] moreRoles)
    {
        var person = await Operator.InviteAsync(name, ["unit_officer", .. moreRoles]);
        using var given = await Operator.SendAsync("admin/people", "admin/people/units", ("name", name), ("units", units));
        Assert.Equal(HttpStatusCode.SeeOther, given.StatusCode);
        return person;
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(form_token|kind|[^\"]*:seen)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
