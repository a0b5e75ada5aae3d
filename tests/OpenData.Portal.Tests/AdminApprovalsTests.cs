using System.Net;
using OpenData.Warehouse.Approvals;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Staging;

namespace OpenData.Portal.Tests;

/// <summary>The pages of approvals and proposals, and what the public sees of a version that waits.</summary>
public sealed class AdminApprovalsTests
{
    private const string MoreRows = """
        market_id,name,stalls,turnover,share,covered,opened_on,counted_at,opening_year,note
        0001,Chợ Đồng Quang,1300,1234567.80,0.25,true,2001-09-02,2026-11-01T08:30:00+07:00,2001,
        0007,Chợ SỐ-LIỆU-CHƯA-CÔNG-BỐ,1,1.00,0,true,2020-02-29,2026-11-01T00:00:00+07:00,2020,x
        0008,Chợ hỏng,không phải số,1.00,0,true,2020-02-29,2026-11-01T00:00:00+07:00,2020,x
        """;

    private static readonly string Yaml = TestTown.Markets + "\napproval: { required: true }\n";
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task An_approver_sees_what_would_change_and_sets_the_time_and_whoever_asked_does_not()
    {
        using var town = await TestTown.BuildAsync();
        await using var portal = await RunningPortal.StartAsync(town);
        using var lan = await AdminBrowser.FirstOperatorAsync(portal, "lan");
        using var minh = await lan.InviteAsync("minh", "approver");
        using var hoa = await lan.InviteAsync("hoa", "operator", "approver");
        using var nam = await lan.InviteAsync("nam", "operator");
        var id = (await town.HoldAsync("markets", Yaml, MoreRows, "hoa")).Snapshot.Manifest.RunId;

        var page = await PageAsync(minh, "en/admin/approvals");
        Assert.Contains("published now: 4", page, StringComparison.Ordinal);
        Assert.Contains("<dt>Added</dt><dd>1</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>Changed</dt><dd>1</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>Removed</dt><dd>3</dd>", page, StringComparison.Ordinal);
        Assert.Contains("Right type of value", page, StringComparison.Ordinal);
        Assert.Contains("Number of rows within its bounds", page, StringComparison.Ordinal);

        // Whoever asked is told so and has no form; sending one all the same is refused, and so is everybody without the role.
        var own = await PageAsync(hoa, "en/admin/approvals");
        Assert.Contains("another person must decide", own, StringComparison.Ordinal);
        Assert.DoesNotContain("/en/admin/approvals/approve", own, StringComparison.Ordinal);
        using var self = await hoa.SendAsync("en/admin/approvals", "en/admin/approvals/approve", ("id", id));
        Assert.Equal(HttpStatusCode.Forbidden, self.StatusCode);
        using var operatorOnly = await nam.SendAsync("admin", "admin/approvals/approve", ("id", id));
        Assert.Equal(HttpStatusCode.Forbidden, operatorOnly.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await nam.Client.GetAsync("admin/approvals")).StatusCode);

        using var wrong = await minh.SendAsync("en/admin/approvals", "en/admin/approvals/approve", ("id", id), ("not_before", "tomorrow"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using var unknown = await minh.SendAsync("en/admin/approvals", "en/admin/approvals/approve", ("id", "none"));
        Assert.Equal(HttpStatusCode.Conflict, unknown.StatusCode);
        await using var ledger = await RunLedger.OpenAsync(new LedgerOptions(town.DataFolder), TimeProvider.System, None);
        Assert.Equal(WaitingState.Waiting, (await ledger.FindWaitingAsync(id, None))!.State);

        using var approved = await minh.SendAsync("en/admin/approvals", "en/admin/approvals/approve", ("id", id), ("not_before", "2099-12-01T08:00"));
        Assert.Equal("/en/admin/approvals", approved.Headers.Location!.OriginalString);
        var waiting = await ledger.FindWaitingAsync(id, None);
        Assert.Equal((WaitingState.Approved, "minh", new DateTimeOffset(2099, 12, 1, 1, 0, 0, TimeSpan.Zero)), (waiting!.State, waiting.DecidedBy, waiting.NotBefore));
        Assert.Contains("value=\"2099-12-01T08:00\"", await PageAsync(minh, "en/admin/approvals"), StringComparison.Ordinal);

        using var noReason = await minh.SendAsync("admin/approvals", "admin/approvals/reject", ("id", id), ("reason", " "));
        Assert.Equal(HttpStatusCode.BadRequest, noReason.StatusCode);
        using var rejected = await minh.SendAsync("admin/approvals", "admin/approvals/reject", ("id", id), ("reason", "Thiếu <b>xã</b>"));
        Assert.Equal(HttpStatusCode.SeeOther, rejected.StatusCode);
        Assert.Contains("Thiếu <b>xã</b>", await PageAsync(minh, "admin/approvals"), StringComparison.Ordinal);
        Assert.DoesNotContain("<b>xã", await minh.Client.GetStringAsync("admin/approvals"), StringComparison.Ordinal);
        Assert.Contains("approval.reject", await PageAsync(lan, "admin/audit"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_public_reads_nothing_of_a_version_that_waits()
    {
        using var town = await TestTown.BuildAsync();
        await using var portal = await RunningPortal.StartAsync(town);
        var held = await town.HoldAsync("markets", Yaml, MoreRows);
        var manifest = held.Snapshot.Manifest;
        string[] addresses =
        [
            "", "datasets/markets", "datasets/markets/versions", "datasets/markets.csv", "runs/" + manifest.RunId, "odata/markets", "odata/markets/$count",
            "api/v1/datasets/markets", "api/v1/datasets/markets/versions", "api/v1/datasets/markets/quality", "api/v1/datasets/markets/rows", "api/v1/runs",
            "api/v1/runs/" + manifest.RunId, "feeds/versions.atom", $"datasets/markets/versions/{manifest.Version}.csv",
            $"api/v1/datasets/markets/versions/{manifest.Version}", $"waiting/markets/{manifest.RunId}/data.csv.gz", $"datasets/markets/versions/{manifest.RunId}.csv",
        ];
        foreach (var address in addresses)
        {
            using var answer = await portal.Client.GetAsync(address);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.DoesNotContain("CHƯA-CÔNG-BỐ", text, StringComparison.Ordinal);
            Assert.DoesNotContain(manifest.ContentHash[..8], text.Replace(manifest.Version, "", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        foreach (var hidden in addresses[^4..])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await portal.Client.GetAsync(hidden)).StatusCode);
        }

        var run = await portal.Client.GetStringAsync("api/v1/runs/" + manifest.RunId);
        Assert.Contains("\"status\":\"waiting\"", run, StringComparison.Ordinal);
        Assert.DoesNotContain("\"received\"", run, StringComparison.Ordinal);
        Assert.Contains("đang chờ duyệt", WebUtility.HtmlDecode(await portal.Client.GetStringAsync("runs/" + manifest.RunId)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_reads_a_proposal_as_a_diff_and_declines_it_with_a_reason()
    {
        using var town = await TestTown.BuildAsync();
        await using var portal = await RunningPortal.StartAsync(town);
        using var lan = await AdminBrowser.FirstOperatorAsync(portal, "lan");
        using var minh = await lan.InviteAsync("minh", "approver");
        await using var ledger = await RunLedger.OpenAsync(new LedgerOptions(town.DataFolder), TimeProvider.System, None);
        await ledger.ProposeAsync("markets", "run-1", new ProposedChange("new_column", "soTang", "so_tang", "{ name: so_tang, from: \"soTang\", type: integer }", "look <here>"), None);
        var open = Assert.Single(await ledger.ProposalsAsync(onlyOpen: true, None));

        var page = await PageAsync(lan, "en/admin/proposals");
        Assert.Contains("+  - { name: so_tang, from: \"soTang\", type: integer }", page, StringComparison.Ordinal);
        Assert.Contains("proposals accept " + open.Id, page, StringComparison.Ordinal);
        Assert.Contains("look &lt;here&gt;", await lan.Client.GetStringAsync("en/admin/proposals"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await minh.Client.GetAsync("admin/proposals")).StatusCode);

        using var empty = await lan.SendAsync("admin/proposals", "admin/proposals/decline", ("id", open.Id), ("reason", ""));
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        using var declined = await lan.SendAsync("admin/proposals", "admin/proposals/decline", ("id", open.Id), ("reason", "nội bộ"));
        Assert.Equal(HttpStatusCode.SeeOther, declined.StatusCode);
        using var again = await lan.SendAsync("admin/proposals", "admin/proposals/decline", ("id", open.Id), ("reason", "nội bộ"));
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        var decided = await ledger.ProposalAsync(open.Id, None);
        Assert.Equal(("declined", "lan", "nội bộ"), (decided!.Status, decided.DecidedBy, decided.Reason));
        Assert.Contains("Không có đề xuất nào đang mở.", await PageAsync(lan, "admin/proposals"), StringComparison.Ordinal);
    }

    private static async Task<string> PageAsync(AdminBrowser browser, string address)
        => WebUtility.HtmlDecode(await browser.Client.GetStringAsync(address));
}
