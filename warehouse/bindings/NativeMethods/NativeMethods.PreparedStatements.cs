using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace DuckDB.NET.Native;

public static partial class NativeMethods
{
    /// <summary>Preparing, binding and executing statements. Parameters count from 1.</summary>
    public static partial class PreparedStatements
    {
        [LibraryImport(Library, EntryPoint = "duckdb_prepare", StringMarshalling = StringMarshalling.Utf8)]
        public static partial DuckDBState DuckDBPrepare(
            DuckDBNativeConnection connection, string sql, out DuckDBPreparedStatement statement);

        [LibraryImport(Library, EntryPoint = "duckdb_destroy_prepare")]
        public static partial void DuckDBDestroyPrepare(ref IntPtr statement);

        [LibraryImport(Library, EntryPoint = "duckdb_prepare_error")]
        [return: MarshalUsing(typeof(BorrowedUtf8))]
        public static partial string DuckDBPrepareError(DuckDBPreparedStatement statement);

        [LibraryImport(Library, EntryPoint = "duckdb_nparams")]
        public static partial long DuckDBParams(DuckDBPreparedStatement statement);

        [LibraryImport(Library, EntryPoint = "duckdb_param_logical_type")]
        public static partial DuckDBLogicalType DuckDBParamLogicalType(DuckDBPreparedStatement statement, long index);

        [LibraryImport(Library, EntryPoint = "duckdb_prepared_statement_type")]
        public static partial DuckDBStatementType DuckDBPreparedStatementType(DuckDBPreparedStatement statement);

        [LibraryImport(Library, EntryPoint = "duckdb_clear_bindings")]
        public static partial DuckDBState DuckDBClearBindings(DuckDBPreparedStatement statement);

        [LibraryImport(Library, EntryPoint = "duckdb_bind_value")]
        public static partial DuckDBState DuckDBBindValue(DuckDBPreparedStatement statement, long index, DuckDBValue value);

        [LibraryImport(Library, EntryPoint = "duckdb_execute_prepared")]
        public static partial DuckDBState DuckDBExecutePrepared(DuckDBPreparedStatement statement, out DuckDBResult result);

        [LibraryImport(Library, EntryPoint = "duckdb_execute_prepared_streaming")]
        public static partial DuckDBState DuckDBExecutePreparedStreaming(DuckDBPreparedStatement statement, out DuckDBResult result);

        public static DuckDBState DuckDBBindParameterIndex(DuckDBPreparedStatement statement, out int index, string name)
        {
            // The C function writes 64 bits: an int on the stack would be overrun.
            var state = BindParameterIndex(statement, out var wide, name);
            index = unchecked((int)wide);
            return state;
        }

        [LibraryImport(Library, EntryPoint = "duckdb_bind_parameter_index", StringMarshalling = StringMarshalling.Utf8)]
        private static partial DuckDBState BindParameterIndex(DuckDBPreparedStatement statement, out ulong index, string name);
    }
}
