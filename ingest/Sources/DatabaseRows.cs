using System.Data;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using OpenData.Catalogs;

namespace OpenData.Ingest.Sources;

/// <summary>The rows of one reading, all of one moment: a read-only transaction sees one state of the database, however long it lasts.</summary>
internal sealed class DatabaseRows(NpgsqlConnection connection, DatasetContract contract, SourceLimits limits)
{
    /// <summary>Begins the transaction and puts the session's limits into force.</summary>
    internal async Task BeginAsync(CancellationToken token)
    {
        // Rolled back with the connection: there is nothing to commit.
        await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, token);
        await using var session = Command(DatabaseSql.Session(limits), null);
        await session.ExecuteNonQueryAsync(token);
    }

    /// <summary>The lower bound in the type of the watermark column; null reads everything.</summary>
    internal async Task<NpgsqlParameter?> CheckAsync(DateTimeOffset? since, CancellationToken token)
    {
        await using var columns = Command(DatabaseSql.Columns(contract), null);
        await using var reader = await columns.ExecuteReaderAsync(CommandBehavior.SchemaOnly, token);
        var types = Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, reader.GetDataTypeName, StringComparer.Ordinal);
        if (types.FirstOrDefault(t => t.Value is "bytea" or "bytea[]") is { Key: { } bytes })
        {
            throw SourceFailure.Of(
                SourceErrors.ColumnUnusable,
                $"Cột {bytes} chứa byte thô (bytea); hãy bỏ cột hoặc mã hóa trong câu truy vấn.",
                $"Column {bytes} holds raw bytes (bytea); leave it out or encode it in the query.");
        }

        return contract.Source.Incremental is null ? null : Bound(types[Watermark(contract).SourceName], since);
    }

    /// <summary>How many rows there are, by the database; null when it is not asked.</summary>
    internal async Task<long?> CountAsync(NpgsqlParameter? bound, CancellationToken token)
    {
        if (!contract.Source.Counted)
        {
            return null;
        }

        await using var count = Command(DatabaseSql.Count(contract, bound is not null), bound);
        return Convert.ToInt64(await count.ExecuteScalarAsync(token), CultureInfo.InvariantCulture);
    }

    /// <summary>The statement that gives one JSON text a row.</summary>
    internal NpgsqlCommand Rows(NpgsqlParameter? bound) => Command(DatabaseSql.Rows(contract, bound is not null), bound);

    internal static ColumnContract Watermark(DatasetContract contract) => contract.Column(contract.Source.Incremental!.Column)!; // the reader checked it

    private NpgsqlCommand Command(string sql, NpgsqlParameter? bound)
    {
#pragma warning disable CA2100 // DatabaseSql alone makes these texts: quoted names and the contract's own query, values bound.
        var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        if (bound is not null)
        {
            command.Parameters.Add(bound.Clone());
        }

        return command;
    }

    private NpgsqlParameter? Bound(string type, DateTimeOffset? since)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Watermark(contract).TimeZone ?? contract.TimeZone);
        NpgsqlDbType? kind = type switch
        {
            "timestamp with time zone" => NpgsqlDbType.TimestampTz,
            "timestamp without time zone" or "timestamp" => NpgsqlDbType.Timestamp,
            "date" => NpgsqlDbType.Date,
            _ => throw SourceFailure.Of(
                SourceErrors.ColumnUnusable,
                "Cột mốc thay đổi phải có kiểu timestamp, timestamptz hoặc date.",
                "The watermark column must be a timestamp, timestamptz or date."),
        };
        if (since is not { } from)
        {
            return null;
        }

        // Without a zone the database means the contract's wall time; a day begins at its midnight.
        var wall = TimeZoneInfo.ConvertTime(from, zone).DateTime;
        object value = kind switch
        {
            NpgsqlDbType.TimestampTz => from.UtcDateTime,
            NpgsqlDbType.Timestamp => wall,
            _ => DateOnly.FromDateTime(wall),
        };
        return new NpgsqlParameter { NpgsqlDbType = kind.Value, Value = value };
    }
}
