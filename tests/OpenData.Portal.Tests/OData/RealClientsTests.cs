using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenData.TestKit;

namespace OpenData.Portal.Tests.OData;

/// <summary>OData clients of other people (tests/clients/drivers) against the running portal; what they must get follows from the rows.</summary>
public sealed class RealClientsTests : IAsyncLifetime, IDisposable
{
    private const int Rows = 2_500;

    private const string Numbers = """
        dataset: numbers
        title: { vi: Các số, en: Numbers }
        summary: { vi: Mỗi dòng là một số., en: One row per number. }
        publisher: so_cong_thuong
        theme: economy
        license: vn_open_1
        source: { kind: csv, url: "${AGENCIES_URL}/numbers.csv" }
        key: [id]
        order: [n]
        columns:
          - { name: id, type: code, required: true, title: { vi: Mã, en: Id } }
          - { name: name, type: text, search: true, title: { vi: Tên, en: Name } }
          - { name: n, type: integer, title: { vi: Số, en: Number } }
          - { name: even, type: boolean, title: { vi: Chẵn, en: Even } }
        """;

    /// <summary>Step → what it must give, as JSON.</summary>
    private static readonly Dictionary<string, string> Expected = new(StringComparer.Ordinal)
    {
        ["list"] = """["2500","2498","2496"]""",
        ["key"] = "\"Con số 42\"",
        ["count"] = "100",
        ["inlineCount"] = "100",
        ["pages"] = "[2500,2500]",
        ["page"] = """[2500,"0025",12]""",
        ["search"] = """["2499"]""",
        ["functions"] = """["0024","0240","2400"]""",
        ["apply"] = "[[false,1250],[true,1250]]",
        ["greatest"] = "[[false,2499],[true,2500]]",
        ["batch"] = """[["0001","0002"],"Con số 42"]""",
        ["service"] = """["numbers"]""",
        ["metadata"] = """[["id","Edm.String"],["name","Edm.String"],["n","Edm.Int64"],["even","Edm.Boolean"]]""",
        ["discovered"] = """["2498","2500"]""",
        ["batchJson"] = """[["0001","0002"],"Con số 42"]""",
    };

    private TestTown _town = null!; // Set before each test.
    private RunningPortal _portal = null!; // Set before each test.

    public async Task InitializeAsync()
    {
        _town = new TestTown();
        var csv = new StringBuilder("id,name,n,even\n");
        for (var i = 1; i <= Rows; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{i:0000},Con số {i},{i},{(i % 2 == 0 ? "true" : "false")}\n");
        }

        await _town.PublishAsync("numbers", Numbers, csv.ToString());
        _portal = await RunningPortal.StartAsync(_town);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    public void Dispose() => _town.Dispose();

    [NodeFact]
    public async Task Every_step_of_every_client_gives_what_the_rows_say()
    {
        var lines = await DriveAsync();

        var wrong = string.Join('\n', lines.Where(l => !Is(l)));
        Assert.True(wrong.Length == 0, wrong);
        Assert.Equal(52, lines.Count);
    }

    private static bool Is(string line)
    {
        var step = JsonDocument.Parse(line).RootElement;
        return step.TryGetProperty("got", out var got) && got.GetRawText() == Expected[step.GetProperty("step").GetString()!];
    }

    private async Task<IReadOnlyList<string>> DriveAsync()
    {
        var start = new ProcessStartInfo("node", [Repository.File("tests/clients/drive.mjs"), _portal.Root + "odata"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var node = Process.Start(start)!; // only a shell start may give null
        var said = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.Equal(0, node.ExitCode);
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
