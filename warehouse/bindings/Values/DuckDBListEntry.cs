using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>Where a row's list lies in the child vector.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct DuckDBListEntry(ulong offset, ulong length)
{
    public ulong Offset { get; private set; } = offset;

    public ulong Length { get; private set; } = length;
}
