namespace OpenData.Warehouse.Staging;

/// <summary>Bounds and places of one staging.</summary>
/// <param name="RunFolder">Absolute path of <c>work/&lt;runId&gt;</c>; made when missing.</param>
public sealed record StagingOptions(string RunFolder)
{
    /// <summary>Greatest record in bytes of UTF-8. Default 16 MiB; a longer one is error OD2109.</summary>
    public int RecordBytesMax { get; init; } = 16 * 1024 * 1024;

    /// <summary>Greatest text, code or JSON cell in bytes of UTF-8. Default 1 MiB; a longer one goes to quarantine.</summary>
    public int CellBytesMax { get; init; } = 1024 * 1024;

    /// <summary>Greatest number of columns of a header. Default 4,096; more is error OD2109.</summary>
    public int ColumnsMax { get; init; } = 4096;

    /// <summary>Bytes of the offending text kept in quarantine. Default 1,000; cut at a character.</summary>
    public int QuarantineTextBytesMax { get; init; } = 1000;

    /// <summary>Memory of the private engine in MiB. Default 192.</summary>
    public int EngineMemoryMiB { get; init; } = 192;

    /// <summary>Greatest unpacked size of a workbook in bytes. Default 1 GiB; more is error OD2114.</summary>
    public long WorkbookBytesMax { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Greatest ratio of unpacked to packed bytes of a workbook part. Default 200; more is error OD2114.</summary>
    public int WorkbookRatioMax { get; init; } = 200;

    /// <summary>Greatest unpacked size of a gzip or ZIP file in bytes. Default 4 GiB; more is error OD2121.</summary>
    public long UnpackedBytesMax { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Greatest ratio of unpacked to packed bytes of a gzip or ZIP file, from 10 MiB on. Default 200; more is error OD2121.</summary>
    public int UnpackedRatioMax { get; init; } = 200;
}
