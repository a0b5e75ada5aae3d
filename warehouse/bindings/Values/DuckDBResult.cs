using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>A result, 48 bytes; all but the last field are deprecated in the header and never read.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct DuckDBResult
{
    private readonly ulong _columnCount;
    private readonly ulong _rowCount;
    private readonly ulong _rowsChanged;
    private readonly IntPtr _columns;
    private readonly IntPtr _errorMessage;
    private readonly IntPtr _internalData;

    /// <summary>Gives the result back to DuckDB.</summary>
    public void Close() => NativeMethods.Query.DuckDBDestroyResult(ref this);
}
