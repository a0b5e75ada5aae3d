using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

public static partial class NativeMethods
{
    /// <summary>The Arrow C data interface: schemas and arrays are plain C structs behind the pointers.</summary>
    public static partial class Arrow
    {
        [LibraryImport(Library, EntryPoint = "duckdb_result_get_arrow_options")]
        public static partial DuckDBArrowOptions DuckDBResultGetArrowOptions(ref DuckDBResult result);

        [LibraryImport(Library, EntryPoint = "duckdb_destroy_arrow_options")]
        public static partial void DuckDBDestroyArrowOptions(ref IntPtr options);

        [LibraryImport(Library, EntryPoint = "duckdb_to_arrow_schema")]
        public static partial DuckDBErrorData DuckDBToArrowSchema(
            DuckDBArrowOptions options, IntPtr types, IntPtr names, ulong count, IntPtr schema);

        [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_to_arrow")]
        public static partial DuckDBErrorData DuckDBDataChunkToArrow(DuckDBArrowOptions options, DuckDBDataChunk chunk, IntPtr array);
    }
}
