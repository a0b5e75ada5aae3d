using System.Data;
using System.Globalization;
using Npgsql;
using OpenData.Warehouse.Landing;

namespace OpenData.Ingest.Sources;

/// <summary>A table or a query of a PostgreSQL database, landed as one JSON array.</summary>
internal sealed class DatabaseSource(DatabaseConnector connector, RetryPolicy retry, SourceLimits limits, TimeProvider clock) : ISource
{
    public Task<IReadOnlyList<LandedFile>> FetchAsync(SourceRead read, CancellationToken token)
        => retry.RunAsync(() => ReadAsync(read, token), token);

    private async Task<IReadOnlyList<LandedFile>> ReadAsync(SourceRead read, CancellationToken token)
    {
        var source = read.Contract.Source;
        await using var connection = await connector.OpenAsync(source.Connection!, token);
        try
        {
            var rows = new DatabaseRows(connection, read.Contract, limits);
            await rows.BeginAsync(token);
            var bounds = await rows.CheckAsync(read, token);
            var total = await rows.CountAsync(bounds, token);
            await using var command = rows.Rows(bounds);
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, token);
            return [await LandAsync(read, command, reader, total, token)];
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            throw DatabaseFailure.Of(e, connected: true);
        }
    }

    private async Task<LandedFile> LandAsync(SourceRead read, NpgsqlCommand command, NpgsqlDataReader reader, long? total, CancellationToken token)
    {
        var asked = clock.GetUtcNow();
        await using var body = new DatabaseBody(command, reader);
        await using var watched = new GuardedStream(body, null, limits.BodyBytesMax, limits.Read, asked + limits.Body, clock);
        var origin = $"{read.Contract.Source.Connection}#{read.Contract.Source.Table ?? "query"}";
        var landed = await read.Land(new SourceBody(watched, origin, asked), token);
        return total is null || body.Rows == total ? landed : throw Mismatch(body.Rows, total.Value);
    }

    private static TransientSourceException Mismatch(long received, long total)
    {
        var (rows, counted) = (received.ToString(CultureInfo.InvariantCulture), total.ToString(CultureInfo.InvariantCulture));
        return SourceFailure.Transient(
            SourceErrors.CountMismatch,
            $"Cơ sở dữ liệu đếm {counted} dòng nhưng gửi {rows}.",
            $"The database counted {counted} rows and sent {rows}.");
    }
}
