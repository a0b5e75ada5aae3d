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
        await using var session = Command(DatabaseSql.Session(limits), []);
        await session.ExecuteNonQueryAsync(token);
    }

    /// <summary>The lower bound, and the upper one after it, in the type of the watermark column; none reads everything.</summary>
    internal async Task<IReadOnlyList<NpgsqlParameter>> CheckAsync(SourceRead read, CancellationToken token)
    {
        await using var columns = Command(DatabaseSql.Columns(contract), []);
        await using var reader = await columns.ExecuteReaderAsync(CommandBehavior.SchemaOnly, token);
        var types = Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, reader.GetDataTypeName, StringComparer.Ordinal);
        if (types.FirstOrDefault(t => t.Value is "bytea" or "bytea[]") is { Key: { } bytes })
        {
            throw SourceFailure.Of(
                SourceErrors.ColumnUnusable,
                $"Cột {bytes} chứa byte thô (bytea); hãy bỏ cột hoặc mã hóa trong câu truy vấn.",
                $"Column {bytes} holds raw bytes (bytea); leave it out or encode it in the query.");
        }

        return contract.Source.Incremental is null ? [] : Bounds(types[Watermark(contract).SourceName], read);
    }

    /// <summary>How many rows there are, by the database; null when it is not asked.</summary>
    internal async Task<long?> CountAsync(IReadOnlyList<NpgsqlParameter> bounds, CancellationToken token)
    {
        if (!contract.Source.Counted)
        {
            return null;
        }

        await using var count = Command(DatabaseSql.Count(contract, bounds.Count), bounds);
        return Convert.ToInt64(await count.ExecuteScalarAsync(token), CultureInfo.InvariantCulture);
    }

    /// <summary>The statement that gives one JSON text a row.</summary>
    internal NpgsqlCommand Rows(IReadOnlyList<NpgsqlParameter> bounds) => Command(DatabaseSql.Rows(contract, bounds.Count), bounds);

    internal static ColumnContract Watermark(DatasetContract contract) => contract.Column(contract.Source.Incremental!.Column)!; // the reader checked it

    private NpgsqlCommand Command(string sql, IReadOnlyList<NpgsqlParameter> bounds)
    {
#pragma warning disable CA2100 // DatabaseSql alone makes these texts: quoted names and the contract's own query, values bound.
        var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var bound in bounds)
        {
            command.Parameters.Add(bound.Clone());
        }

        return command;
    }

    private NpgsqlParameter[] Bounds(string type, SourceRead read)
    {
        var counts = Watermark(contract).Type.Kind == ColumnKind.Integer;
        NpgsqlDbType kind = type switch
        {
            "bigint" or "integer" or "smallint" when counts => NpgsqlDbType.Bigint,
            "timestamp with time zone" when !counts => NpgsqlDbType.TimestampTz,
            "timestamp without time zone" or "timestamp" when !counts => NpgsqlDbType.Timestamp,
            "date" when !counts => NpgsqlDbType.Date,
            _ => throw SourceFailure.Of(
                SourceErrors.ColumnUnusable,
                "Cột mốc thay đổi phải có kiểu timestamp, timestamptz hoặc date; với cột integer là bigint, integer hoặc smallint.",
                "The watermark column must be a timestamp, timestamptz or date; for a column of type integer a bigint, integer or smallint."),
        };
        if (counts)
        {
            return read.SinceNumber is { } number ? [new NpgsqlParameter { NpgsqlDbType = kind, Value = number }] : [];
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(Watermark(contract).TimeZone ?? contract.TimeZone);
        return read.Since is not { } from ? [] : read.Until is { } end ? [Bound(kind, from, zone), Bound(kind, end, zone)] : [Bound(kind, from, zone)];
    }

    // Without a zone the database means the contract's wall time; a day begins at its midnight.
    private static NpgsqlParameter Bound(NpgsqlDbType kind, DateTimeOffset instant, TimeZoneInfo zone)
    {
        var wall = TimeZoneInfo.ConvertTime(instant, zone).DateTime;
        object value = kind switch
        {
            NpgsqlDbType.TimestampTz => instant.UtcDateTime,
            NpgsqlDbType.Timestamp => wall,
            _ => DateOnly.FromDateTime(wall),
        };
        return new NpgsqlParameter { NpgsqlDbType = kind, Value = value };
    }
}
