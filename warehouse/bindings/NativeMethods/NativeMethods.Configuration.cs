using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace DuckDB.NET.Native;

public static partial class NativeMethods
{
    /// <summary>Options given when a database is opened.</summary>
    public static partial class Configuration
    {
        [LibraryImport(Library, EntryPoint = "duckdb_create_config")]
        public static partial DuckDBState DuckDBCreateConfig(out DuckDBConfig config);

        [LibraryImport(Library, EntryPoint = "duckdb_set_config", StringMarshalling = StringMarshalling.Utf8)]
        public static partial DuckDBState DuckDBSetConfig(DuckDBConfig config, string name, string option);

        [LibraryImport(Library, EntryPoint = "duckdb_destroy_config")]
        public static partial void DuckDBDestroyConfig(ref IntPtr config);

        public static int DuckDBConfigCount() => checked((int)ConfigCount());

        public static DuckDBState DuckDBGetConfigFlag(int index, out string name, out string description)
            => GetConfigFlag((nuint)index, out name, out description);

        // size_t is wider than the int that DuckDB.NET.Data passes.
        [LibraryImport(Library, EntryPoint = "duckdb_config_count")]
        private static partial nuint ConfigCount();

        [LibraryImport(Library, EntryPoint = "duckdb_get_config_flag")]
        private static partial DuckDBState GetConfigFlag(
            nuint index, [MarshalUsing(typeof(BorrowedUtf8))] out string name, [MarshalUsing(typeof(BorrowedUtf8))] out string description);
    }
}
