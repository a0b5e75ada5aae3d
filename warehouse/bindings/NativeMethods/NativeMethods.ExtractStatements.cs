using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace DuckDB.NET.Native;

public static partial class NativeMethods
{
    /// <summary>Splitting a text into statements.</summary>
    public static partial class ExtractStatements
    {
        [LibraryImport(Library, EntryPoint = "duckdb_destroy_extracted")]
        public static partial void DuckDBDestroyExtracted(ref IntPtr statements);

        [LibraryImport(Library, EntryPoint = "duckdb_extract_statements_error")]
        [return: MarshalUsing(typeof(BorrowedUtf8))]
        public static partial string DuckDBExtractStatementsError(DuckDBExtractedStatements statements);

        [LibraryImport(Library, EntryPoint = "duckdb_prepare_extracted_statement")]
        public static partial DuckDBState DuckDBPrepareExtractedStatement(
            DuckDBNativeConnection connection, DuckDBExtractedStatements statements, long index, out DuckDBPreparedStatement statement);

        public static int DuckDBExtractStatements(DuckDBNativeConnection connection, string sql, out DuckDBExtractedStatements statements)
            => checked((int)ExtractStatementsOf(connection, sql, out statements));

        [LibraryImport(Library, EntryPoint = "duckdb_extract_statements", StringMarshalling = StringMarshalling.Utf8)]
        private static partial ulong ExtractStatementsOf(
            DuckDBNativeConnection connection, string sql, out DuckDBExtractedStatements statements);
    }
}
