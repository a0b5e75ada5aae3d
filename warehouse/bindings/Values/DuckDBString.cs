using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>
/// A string as vectors hold it, 16 bytes: up to 12 bytes inline, longer ones as length, prefix and pointer.
/// The odd names are those that the metadata of DuckDB.NET.Data asks for.
/// </summary>
[SuppressMessage("Style", "IDE1006", Justification = "Names asked for by DuckDB.NET.Data")]
[SuppressMessage("Design", "CA1051", Justification = "Fields asked for by DuckDB.NET.Data")]
[StructLayout(LayoutKind.Sequential)]
public struct DuckDBString
{
    private const int InlineBytesMax = 12;

    public _value_e__Union value;

    public readonly int Length => (int)value.inlined.length;

    /// <summary>The bytes; of an inline string only valid while this struct does not move (it lives in a vector).</summary>
    public readonly unsafe sbyte* Data
    {
        get
        {
            if (Length > InlineBytesMax)
            {
                return value.pointer.ptr;
            }

            fixed (sbyte* inline = value.inlined.inlined)
            {
                return inline;
            }
        }
    }

    [StructLayout(LayoutKind.Explicit)]
    public struct _value_e__Union
    {
        [FieldOffset(0)]
        public DuckDBStringPointer pointer;

        [FieldOffset(0)]
        public DuckDBStringInlined inlined;

        [StructLayout(LayoutKind.Sequential)]
        public unsafe struct DuckDBStringPointer
        {
            public uint length;
            public fixed sbyte prefix[4];
            public sbyte* ptr;
        }

        [StructLayout(LayoutKind.Sequential)]
        public unsafe struct DuckDBStringInlined
        {
            public uint length;
            public fixed sbyte inlined[12];
        }
    }
}
