using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Ledger;

/// <summary>Why slots of a schedule passed without a run.</summary>
public static class SlotErrors
{
    /// <summary>No worker took the slot up in time.</summary>
    public static readonly ErrorCode Missed = new("OD2440", "No worker took the slot up in its time", "Đến giờ mà không có tiến trình nạp nào nhận lượt");

    /// <summary>A run of the dataset was at work when the slot came.</summary>
    public static readonly ErrorCode StillRunning = new("OD2441", "A run of the dataset was still at work", "Lượt trước của bộ dữ liệu vẫn đang chạy");

    /// <summary>The operator had paused the schedule of the dataset.</summary>
    public static readonly ErrorCode Paused = new("OD2442", "The schedule was paused by an operator", "Lịch nạp đang được đơn vị vận hành tạm dừng");

    /// <summary>The cause of that code; null when it is none of these.</summary>
    public static ErrorCode? Find(string? code) => new[] { Missed, StillRunning, Paused }.FirstOrDefault(c => c.Code == code);
}
