using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Ingest.Runs;

/// <summary>A range that is to be read window by window.</summary>
/// <param name="From">First day of the change time.</param>
/// <param name="To">Last day.</param>
/// <param name="Window">Length of a window.</param>
/// <param name="Anew">True to read windows again that an earlier run has landed.</param>
public sealed record BackfillPlan(DateOnly From, DateOnly To, WindowLength Window, bool Anew = false)
{
    /// <summary>More windows than this are refused.</summary>
    public const int WindowsMax = 400;

    /// <summary>Pure: the windows, in order.</summary>
    /// <exception cref="OpenDataException">OD2423: more than <see cref="WindowsMax"/>; OD2424: the source takes no range.</exception>
    internal IReadOnlyList<BackfillRange> Windows(DatasetContract contract)
    {
        RequireRange(contract);
        var column = contract.Column(contract.Source.Incremental!.Column)!; // RequireRange looked
        var zone = TimeZoneInfo.FindSystemTimeZoneById(column.TimeZone ?? contract.TimeZone);
        var windows = new List<BackfillRange>();
        for (var first = From; first <= To;)
        {
            if (windows.Count == WindowsMax)
            {
                throw new OpenDataException(BackfillErrors.TooManyWindows, new LocalText(
                    $"Khoảng này cần hơn {WindowsMax} lần đọc; hãy chọn --window dài hơn hoặc chia nhỏ khoảng.",
                    $"The range needs more than {WindowsMax} windows; choose a longer --window, or a part of the range."));
            }

            var last = Window.Start(From, windows.Count + 1) is { } next && next <= To ? next.AddDays(-1) : To;
            windows.Add(new BackfillRange(windows.Count + 1, first, last, Midnight(first, zone), Midnight(last.AddDays(1), zone)));
            first = last.AddDays(1);
        }

        return windows;
    }

    private static void RequireRange(DatasetContract contract)
    {
        var source = contract.Source;
        var isDated = source.Incremental is { } incremental && contract.Column(incremental.Column)?.Type.Kind is ColumnKind.Timestamp or ColumnKind.Date;
        if (!isDated || (source.Kind is not ("database" or "odata") && source.Incremental?.Until is null))
        {
            throw new OpenDataException(BackfillErrors.NoRange, new LocalText(
                $"Nguồn của {contract.Id} không nhận khoảng thời gian thay đổi: cần incremental với cột thời gian và, trừ cơ sở dữ liệu và OData, tham số until.",
                $"The source of {contract.Id} takes no range of change times: it needs incremental with a column of times and, but for a database and OData, the parameter until."));
        }
    }

    // A midnight that the zone leaves out is the moment at which its gap ends.
    private static DateTimeOffset Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var wall = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(wall))
        {
            wall = wall.AddMinutes(15);
        }

        return new DateTimeOffset(wall, zone.GetUtcOffset(wall));
    }
}
