using DuckDB.NET.Native;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Engine;

/// <summary>Guards the border to libduckdb: struct layouts hold for one version only.</summary>
public static class NativeDuckDb
{
    /// <summary>The version that the bindings were written for and every test runs on.</summary>
    public const string ExpectedVersion = "v1.5.6";

    /// <summary>Throws unless the loaded library is <see cref="ExpectedVersion"/>.</summary>
    /// <exception cref="OpenDataException"><see cref="EngineErrors.WrongLibrary"/>.</exception>
    public static void EnsureVersion() => EnsureVersion(ExpectedVersion);

    internal static void EnsureVersion(string expected)
    {
        var found = Version();
        if (!string.Equals(found, expected, StringComparison.Ordinal))
        {
            throw new OpenDataException(EngineErrors.WrongLibrary, new LocalText(
                $"Cần libduckdb {expected} nhưng tìm thấy {found}. Chạy npm ci ở thư mục gốc rồi dựng lại.",
                $"libduckdb {expected} is needed but {found} was found. Run npm ci at the root and build again."));
        }
    }

    private static string Version()
    {
        try
        {
            return NativeMethods.Startup.DuckDBLibraryVersion();
        }
        catch (DllNotFoundException missing)
        {
            throw new OpenDataException(
                EngineErrors.WrongLibrary,
                new LocalText(
                    "Không tìm thấy libduckdb cạnh chương trình. Chạy npm ci ở thư mục gốc rồi dựng lại.",
                    "libduckdb was not found beside the program. Run npm ci at the root and build again."),
                inner: missing);
        }
    }
}
