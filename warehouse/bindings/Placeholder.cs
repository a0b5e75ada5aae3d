namespace DuckDB.NET.Native;

internal static class AssemblyMarker;
