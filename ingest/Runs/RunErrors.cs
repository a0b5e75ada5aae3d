using OpenData.Catalogs.Errors;

namespace OpenData.Ingest.Runs;

/// <summary>Failures of the worker itself.</summary>
public static class RunErrors
{
    /// <summary>An environment variable of the worker is out of its range.</summary>
    public static readonly ErrorCode BadSetting = new("OD2409", "Setting out of range", "Cấu hình ngoài phạm vi cho phép");

    /// <summary>A step took longer than its time and was stopped.</summary>
    public static readonly ErrorCode StepTooLong = new("OD2443", "Step beyond its time", "Một bước chạy quá thời hạn");

    /// <summary>A step took longer than its time and did not stop when it was told to.</summary>
    public static readonly ErrorCode StepHangs = new("OD2444", "Step hangs", "Một bước bị treo");
}
