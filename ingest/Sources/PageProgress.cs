using System.Globalization;
using OpenData.Catalogs;

namespace OpenData.Ingest.Sources;

/// <summary>What a traversal has seen so far, and the lies that it can catch by that.</summary>
internal sealed class PageProgress(SourceBinding source, bool hasKey, SourceLimits limits)
{
    private readonly HashSet<string> _addresses = new(StringComparer.Ordinal);
    private readonly HashSet<string> _pages = new(StringComparer.Ordinal);
    private readonly PageKeys _keys = new(limits.PageKeysMax);
    private HashSet<UInt128> _before = [];
    private long _lastRow = long.MinValue;

    /// <summary>Pages read.</summary>
    internal int Pages { get; private set; }

    /// <summary>Records received.</summary>
    internal long Records { get; private set; }

    /// <summary>The declared total; null when none is declared.</summary>
    internal long? Total { get; private set; }

    internal void CheckAddress(Uri address)
    {
        if (!_addresses.Add(address.AbsoluteUri))
        {
            throw Repeats();
        }

        if (_addresses.Count > limits.PagesMax)
        {
            var limit = limits.PagesMax.ToString(CultureInfo.InvariantCulture);
            throw SourceFailure.Of(SourceErrors.TooManyPages, $"Nguồn có hơn {limit} trang.", $"The source has more than {limit} pages.");
        }
    }

    internal void CheckPage(JsonPage page)
    {
        if (page.Records > 0 && !_pages.Add(page.RecordsHash))
        {
            throw Repeats();
        }

        if (Pages == 0 && source is { Kind: "odata", Counted: true } && page.Total is null)
        {
            throw JsonPage.Missing("@odata.count");
        }

        if (Pages > 0 && page.Total is not null && page.Total != Total)
        {
            throw SourceFailure.Transient(
                SourceErrors.PagesShifted,
                "Tổng số bản ghi thay đổi giữa các trang.",
                "The declared total changed from one page to the next.");
        }

        // A record inserted in front pushes the last one of a page onto the next; where one came in, another may have been missed.
        if (hasKey && page.RecordHashes is [var first, ..] && _before.Contains(first))
        {
            throw SourceFailure.Transient(
                SourceErrors.PagesShifted,
                "Bản ghi dịch chuyển giữa các trang trong khi đang đọc.",
                "Records moved from one page to the next while we read.");
        }

        if (_keys.Repeats(page.Keys))
        {
            throw SourceFailure.Transient(
                SourceErrors.KeyRepeats,
                "Một khóa xuất hiện ở hai trang: bản ghi dịch chuyển trong khi đang đọc, hoặc nguồn tự lặp khóa (khi đó hợp đồng ghi repeats: true).",
                "A key stands on two pages: records moved while we read, or the source repeats keys by itself (then the contract says repeats: true).");
        }

        foreach (var row in page.RowNumbers)
        {
            // Asked for in this order, so one that does not grow has moved or come twice.
            _lastRow = row > _lastRow ? row : throw SourceFailure.Transient(
                SourceErrors.PagesShifted,
                "Số thứ tự dòng không tăng dần: bảng thay đổi trong khi đang đọc.",
                "The numbers of the rows do not grow: the table changed while we read.");
        }

        _before = [.. page.RecordHashes];
        Pages++;
        Records += page.Records;
        Total ??= page.Total;
        if (Records > Total)
        {
            throw Mismatch();
        }
    }

    internal void CheckTotal()
    {
        if (Total is not null && Records != Total)
        {
            throw Mismatch();
        }
    }

    private static Catalogs.Errors.OpenDataException Repeats() => SourceFailure.Of(
        SourceErrors.PagesRepeat, "Nguồn gửi lại trang đã gửi.", "The source sent a page or an address for the second time.");

    private TransientSourceException Mismatch()
    {
        var (received, total) = (Records.ToString(CultureInfo.InvariantCulture), Total?.ToString(CultureInfo.InvariantCulture));
        return SourceFailure.Transient(
            SourceErrors.CountMismatch,
            $"Nguồn khai báo {total} bản ghi nhưng gửi {received}.",
            $"The source declared {total} records and sent {received}.");
    }
}
