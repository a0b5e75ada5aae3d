using OpenData.Catalogs;
using OpenData.Warehouse.Approvals;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Notices;

/// <summary>Pure: the words of notices.</summary>
internal static class NoticeText
{
    /// <summary>A notice about how a dataset stands, with the sentences of <c>explain</c>.</summary>
    internal static Notice Of(string id, string kind, DatasetContract contract, Explanation explanation, DateTimeOffset at) => new(
        id,
        kind,
        contract.Id,
        at,
        Title(kind, contract.Title),
        new LocalText(
            string.Join('\n', explanation.Sentences.Select(s => s.Vi)),
            string.Join('\n', explanation.Sentences.Select(s => s.En))));

    /// <summary>A notice about a change that a source suggests.</summary>
    internal static Notice Of(Proposal proposal, LocalText title, DateTimeOffset at) => new(
        "proposal-" + proposal.Id + "-" + proposal.RunId,
        "proposal.found",
        proposal.Dataset,
        at,
        new LocalText($"{title.Vi}: nguồn gợi ý sửa cam kết", $"{title.En}: the source suggests a change of the contract"),
        new LocalText(
            $"Xem bằng lệnh: proposals show {proposal.Id}. Chưa có gì thay đổi cho tới khi có người chấp nhận.",
            $"Look at it with: proposals show {proposal.Id}. Nothing changes until a person accepts it."));

    /// <summary>A notice about a version that waits for an approver.</summary>
    internal static Notice Of(WaitingVersion waiting, LocalText title, DateTimeOffset at) => new(
        "approval-" + waiting.RunId,
        "approval.waiting",
        waiting.Dataset,
        at,
        new LocalText($"{title.Vi}: phiên bản mới chờ duyệt", $"{title.En}: a new version waits for approval"),
        new LocalText(
            $"Xem và quyết định ở trang Duyệt công bố, hoặc bằng lệnh: approvals show {waiting.RunId}. Bản đang công bố giữ nguyên cho tới lúc đó.",
            $"Look and decide on the page of approvals, or with: approvals show {waiting.RunId}. Until then the published version stays."));

    private static LocalText Title(string kind, LocalText title) => kind switch
    {
        "dataset.failing" => new($"{title.Vi}: nạp dữ liệu không thành công", $"{title.En}: loading fails"),
        "dataset.late" => new($"{title.Vi}: trễ hạn", $"{title.En}: late"),
        _ => new($"{title.Vi}: đã trở lại bình thường", $"{title.En}: well again"),
    };
}
