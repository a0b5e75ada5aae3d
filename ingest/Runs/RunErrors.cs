using OpenData.Catalogs.Errors;

namespace OpenData.Ingest.Runs;

/// <summary>Failures of the worker before any run.</summary>
public static class RunErrors
{
    /// <summary>An environment variable of the worker is out of its range.</summary>
    public static readonly ErrorCode BadSetting = new("OD2409", "Setting out of range", "Cấu hình ngoài phạm vi cho phép");

    /// <summary>The contract file of a dataset could not be read when its version was to be made.</summary>
    public static readonly ErrorCode ContractGone = new("OD2410", "Contract file gone", "Không đọc được tệp hợp đồng");
}
