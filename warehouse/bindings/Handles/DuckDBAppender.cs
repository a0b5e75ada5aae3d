using Microsoft.Win32.SafeHandles;

namespace DuckDB.NET.Native;

/// <summary>A bulk writer of one table.</summary>
public sealed class DuckDBAppender() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    // Destroying flushes; a failed flush still releases the object.
    protected override bool ReleaseHandle()
        => NativeMethods.Appender.DuckDBDestroyAppender(ref handle) == DuckDBState.Success;
}
