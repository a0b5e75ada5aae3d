using System.Net;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Quarantine;

namespace OpenData.Portal.Tests;

/// <summary>The pages of quarantine: for operators alone, and never markup or a personal field.</summary>
public sealed class AdminQuarantineTests
{
    [Fact]
    public async Task An_operator_sees_refused_records_by_rule_and_in_full_and_nobody_else_does()
    {
        using var town = await TestTown.BuildAsync();
        const string run = "20261122T0230151234567Z-1a2b3c4d";
        var work = Directory.CreateDirectory(Path.Combine(town.DataFolder, "work", "q")).FullName;
        new QuarantineStore(town.DataFolder).Keep(
            new QuarantineEntry(run, "markets", new DateTimeOffset(2026, 11, 22, 2, 30, 15, TimeSpan.Zero), 500, 120, 120, [new QuarantineCount("type", "id", 119), new QuarantineCount("ragged", null, 1)]),
            Enumerable.Range(1, 120).Select(i => i == 120 ? new QuarantinedRecord(i, 9, null, "ragged", null) : new QuarantinedRecord(i, i, "id", "type", $"<b>x{i}</b>")),
            work);
        await using var portal = await RunningPortal.StartAsync(town);
        Assert.NotEqual(HttpStatusCode.OK, (await portal.Client.GetAsync("admin/quarantine")).StatusCode);
        using var lan = await AdminBrowser.FirstOperatorAsync(portal, "lan");
        using var approver = await lan.InviteAsync("minh", "approver");
        Assert.Equal(HttpStatusCode.Forbidden, (await approver.Client.GetAsync("admin/quarantine/" + run)).StatusCode);
        Assert.DoesNotContain("/admin/quarantine", await approver.Client.GetStringAsync("admin"), StringComparison.Ordinal);

        var list = WebUtility.HtmlDecode(await lan.Client.GetStringAsync("admin/quarantine"));
        Assert.Contains("/admin/quarantine/" + run, list, StringComparison.Ordinal);
        Assert.Contains("Đúng kiểu dữ liệu", list, StringComparison.Ordinal);
        Assert.DoesNotContain(run, await lan.Client.GetStringAsync("admin/quarantine?dataset=codes"), StringComparison.Ordinal);

        var page = await lan.Client.GetStringAsync("en/admin/quarantine/" + run);
        Assert.Contains("&lt;b&gt;x1&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.Contains("quarantine replay " + run, page, StringComparison.Ordinal);
        Assert.Contains("of 500 records received", page, StringComparison.Ordinal);
        Assert.Contains("after=100", page, StringComparison.Ordinal);
        var rest = await lan.Client.GetStringAsync("en/admin/quarantine/" + run + "?after=100");
        Assert.Contains("x101&lt;", rest, StringComparison.Ordinal);
        Assert.DoesNotContain("x100&lt;", rest, StringComparison.Ordinal);
        Assert.DoesNotContain("&lt;b&gt;", await lan.Client.GetStringAsync("en/admin/quarantine/" + run + "?rule=ragged"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await lan.Client.GetAsync("admin/quarantine/none")).StatusCode);
    }
}
