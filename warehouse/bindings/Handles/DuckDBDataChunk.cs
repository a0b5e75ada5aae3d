using Microsoft.Win32.SafeHandles;

namespace DuckDB.NET.Native;

/// <summary>A batch of rows. The pointer constructor borrows a chunk that DuckDB keeps.</summary>
public sealed class DuckDBDataChunk : SafeHandleZeroOrMinusOneIsInvalid
{
    public DuckDBDataChunk()
        : base(ownsHandle: true)
    {
    }

    public DuckDBDataChunk(IntPtr chunk)
        : base(ownsHandle: false) => SetHandle(chunk);

    protected override bool ReleaseHandle()
    {
        NativeMethods.DataChunks.DuckDBDestroyDataChunk(ref handle);
        return true;
    }
}
