using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace DuckDB.NET.Native;

public static partial class NativeMethods
{
    /// <summary>Opening, connecting, interrupting.</summary>
    public static partial class Startup
    {
        [LibraryImport(Library, EntryPoint = "duckdb_close")]
        public static partial void DuckDBClose(ref IntPtr database);

        [LibraryImport(Library, EntryPoint = "duckdb_connect")]
        public static partial DuckDBState DuckDBConnect(DuckDBDatabase database, out DuckDBNativeConnection connection);

        [LibraryImport(Library, EntryPoint = "duckdb_disconnect")]
        public static partial void DuckDBDisconnect(ref IntPtr connection);

        [LibraryImport(Library, EntryPoint = "duckdb_interrupt")]
        public static partial void DuckDBInterrupt(DuckDBNativeConnection connection);

        [LibraryImport(Library, EntryPoint = "duckdb_query_progress")]
        public static partial DuckDBQueryProgress DuckDBQueryProgress(DuckDBNativeConnection connection);

        [LibraryImport(Library, EntryPoint = "duckdb_library_version")]
        [return: MarshalUsing(typeof(BorrowedUtf8))]
        public static partial string DuckDBLibraryVersion();

        [LibraryImport(Library, EntryPoint = "duckdb_connection_get_client_context")]
        public static partial void DuckDBConnectionGetClientContext(DuckDBNativeConnection connection, out DuckDBClientContext context);

        [LibraryImport(Library, EntryPoint = "duckdb_client_context_get_connection_id")]
        public static partial ulong DuckDBClientContextGetConnectionId(DuckDBClientContext context);

        [LibraryImport(Library, EntryPoint = "duckdb_destroy_client_context")]
        public static partial void DuckDBDestroyClientContext(ref IntPtr context);

        // The error text belongs to the caller, so this one is freed after it was copied.
        [LibraryImport(Library, EntryPoint = "duckdb_open_ext", StringMarshalling = StringMarshalling.Utf8)]
        public static partial DuckDBState DuckDBOpen(
            string? path, out DuckDBDatabase database, DuckDBConfig config, [MarshalUsing(typeof(OwnedUtf8))] out string error);
    }
}
