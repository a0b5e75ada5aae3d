using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Ledger;

/// <summary>Failures of the run ledger and of the order of runs.</summary>
public static class LedgerErrors
{
    /// <summary>The state database does not answer, is full or is damaged.</summary>
    public static readonly ErrorCode Unavailable = new(
        "OD2401", "State database unavailable", "Không truy cập được cơ sở dữ liệu trạng thái");

    /// <summary>The state database was written by a newer program.</summary>
    public static readonly ErrorCode FromTheFuture = new(
        "OD2402", "State database is newer than this program", "Cơ sở dữ liệu trạng thái mới hơn chương trình này");

    /// <summary>The run was paused past its lease; another worker may hold the dataset.</summary>
    public static readonly ErrorCode LeaseLost = new(
        "OD2403", "Lease lost", "Mất quyền xử lý bộ dữ liệu");

    /// <summary>Another worker runs the dataset.</summary>
    public static readonly ErrorCode DatasetBusy = new(
        "OD2404", "Another run is at work on this dataset", "Bộ dữ liệu đang được một lượt chạy khác xử lý");

    /// <summary>A parent has no version yet or failed in this round.</summary>
    public static readonly ErrorCode WaitingForParent = new(
        "OD2405", "Waiting for a parent dataset", "Đang chờ bộ dữ liệu nguồn");

    /// <summary>The process stopped or died while the run was at work.</summary>
    public static readonly ErrorCode Interrupted = new(
        "OD2406", "Run interrupted", "Lượt chạy bị gián đoạn");

    /// <summary>A defect of ours or of the machine ended the run.</summary>
    public static readonly ErrorCode Unexpected = new(
        "OD2407", "Run ended by an unexpected failure", "Lượt chạy dừng do lỗi ngoài dự kiến");

    /// <summary>The name given is not a dataset of the catalogue, or its contract has mistakes.</summary>
    public static readonly ErrorCode UnknownDataset = new(
        "OD2408", "Unknown dataset", "Không có bộ dữ liệu này");
}
