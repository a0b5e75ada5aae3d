using System.Reflection;
using System.Runtime.InteropServices;

// duckdb is looked for beside the assembly first, then where the system keeps libraries.
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
[assembly: AssemblyMetadata("Origin", "Stand-in for DuckDB.NET.Bindings, written from DuckDB's C header")]

namespace DuckDB.NET.Native;

/// <summary>DuckDB's C API, one nested class per chapter of its documentation.</summary>
public static partial class NativeMethods
{
    private const string Library = "duckdb";
}
