using Microsoft.Data.Sqlite;
using Npgsql;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Backup;

/// <summary>Gives failures of disk and database their codes.</summary>
internal static class Reaching
{
    internal static async Task<T> DoAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception failed) when (failed is SqliteException or NpgsqlException)
        {
            throw new OpenDataException(
                LedgerErrors.Unavailable,
                new LocalText("Cơ sở dữ liệu trạng thái không trả lời.", "The state database did not answer."),
                inner: failed);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new OpenDataException(
                BackupErrors.Unreachable,
                new LocalText(
                    $"Không đọc hoặc ghi được một tệp hay thư mục; hãy xem dung lượng và quyền truy cập. ({failed.Message})",
                    $"A file or folder could not be read or written; look at the space and the rights. ({failed.Message})"),
                inner: failed);
        }
    }
}
