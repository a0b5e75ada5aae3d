using Npgsql;

namespace OpenData.Ingest.Sources;

/// <summary>Pure: what a failure of a database means for us. Its own words are not passed on: they may hold values.</summary>
internal static class DatabaseFailure
{
    /// <param name="failure">What the driver threw.</param>
    /// <param name="connected">False while the connection is opened.</param>
    internal static Exception Of(Exception failure, bool connected) => failure switch
    {
        PostgresException answer => Of(answer, connected),
        TimeoutException or NpgsqlException { InnerException: TimeoutException } => SourceFailure.Transient(
            SourceErrors.TooSlow, "Cơ sở dữ liệu không trả lời kịp thời hạn.", "The database did not answer within its limit.", failure),
        _ => connected ? Broken(failure) : Unreachable(failure),
    };

    private static Exception Of(PostgresException answer, bool connected) => answer.SqlState switch
    {
        "57014" or "55P03" or "25P03" or "25P04" => SourceFailure.Transient(
            SourceErrors.QueryStopped,
            $"Câu truy vấn bị dừng vì quá thời hạn hoặc bị hủy (SQLSTATE {answer.SqlState}).",
            $"The query was stopped by a time limit or cancelled (SQLSTATE {answer.SqlState}).",
            answer),
        "42501" or ['2', '8', ..] => SourceFailure.Of(
            SourceErrors.NotAllowed,
            $"Cơ sở dữ liệu từ chối quyền truy cập (SQLSTATE {answer.SqlState}).",
            $"The database refused our credentials (SQLSTATE {answer.SqlState}).",
            answer),
        "42P01" or "42703" or "3D000" or "3F000" => SourceFailure.Of(
            SourceErrors.DatabaseObjectMissing,
            $"Cơ sở dữ liệu không có bảng hoặc cột mà hợp đồng nêu (SQLSTATE {answer.SqlState}).",
            $"The database has no table or column of the contract's name (SQLSTATE {answer.SqlState}).",
            answer),
        ['0', '8', ..] or ['5', '3', ..] or ['5', '7', 'P', ..] or ['5', '8', ..] or ['4', '0', ..] or "XX000" => connected ? Broken(answer) : Unreachable(answer),
        _ => SourceFailure.Of(
            SourceErrors.QueryRefused,
            $"Cơ sở dữ liệu từ chối câu truy vấn (SQLSTATE {answer.SqlState}).",
            $"The database refused the query (SQLSTATE {answer.SqlState}).",
            answer),
    };

    private static TransientSourceException Broken(Exception failure) => SourceFailure.Transient(
        SourceErrors.Truncated, "Kết nối tới cơ sở dữ liệu đứt giữa chừng.", "The connection to the database broke in the middle.", failure);

    private static TransientSourceException Unreachable(Exception failure) => SourceFailure.Transient(
        SourceErrors.Unreachable, "Không kết nối được tới cơ sở dữ liệu.", "The database could not be reached.", failure);
}
