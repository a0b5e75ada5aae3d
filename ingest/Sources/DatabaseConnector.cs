using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace OpenData.Ingest.Sources;

/// <summary>Opens a connection to an agency's database: its host is resolved, judged and connected to by address, as for every other source.</summary>
internal sealed class DatabaseConnector(Placeholders placeholders, AddressGuard guard, SourceLimits limits)
{
    /// <summary>Opens a connection of its own; the connection string and its secrets go no further.</summary>
    internal async Task<NpgsqlConnection> OpenAsync(string connection, CancellationToken token)
    {
        var settings = Settings(placeholders.Fill(connection));
        var host = settings.Host ?? "";
        if (host.StartsWith('/') || host.StartsWith('@'))
        {
            return guard.AllowsSocket(host) ? await OpenAsync(settings, host, token) : throw AddressGuard.Refused();
        }

        var addresses = await ResolveAsync(host, settings.Port, token);
        for (var i = 0; ; i++)
        {
            try
            {
                settings.Host = addresses[i].ToString();
                return await OpenAsync(settings, host, token);
            }
            catch (TransientSourceException) when (i + 1 < addresses.Length)
            {
                // A host with several addresses is reached by the first that answers.
            }
        }
    }

    private NpgsqlConnectionStringBuilder Settings(string filled)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(filled)
            {
                ApplicationName = "OpenData-Ingest",
                Pooling = false,
                Enlist = false,
                Timeout = Math.Max(1, (int)limits.Connect.TotalSeconds),
                // Statements are bounded by the server's own clock, reading by ours.
                CommandTimeout = 0,
                TcpKeepAlive = true,
                IncludeErrorDetail = false,
                PersistSecurityInfo = false,
                GssEncryptionMode = GssEncryptionMode.Disable,
            };
            return settings.Host is { Length: > 0 } host && !host.Contains(',', StringComparison.Ordinal) ? settings : throw Unusable();
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // Not as an inner exception: its message repeats parts of the string.
            throw Unusable();
        }
    }

    private async Task<IPAddress[]> ResolveAsync(string host, int port, CancellationToken token)
    {
        try
        {
            return await guard.ResolveAsync(host, port, token) is { Length: > 0 } addresses ? addresses : throw Unknown(null);
        }
        catch (SocketException e)
        {
            throw Unknown(e);
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(NpgsqlConnectionStringBuilder settings, string host, CancellationToken token)
    {
        NpgsqlConnection? opened = null;
        try
        {
            var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
            // The certificate speaks of the name, though we connect to the address that was judged.
            builder.UseSslClientAuthenticationOptionsCallback(options => options.TargetHost = host);
            await using var source = builder.Build();
            opened = source.CreateConnection();
            await opened.OpenAsync(token);
            return opened;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or NotSupportedException or InvalidOperationException)
        {
            await (opened?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw e is NpgsqlException or TimeoutException ? DatabaseFailure.Of(e, connected: false) : Unusable();
        }
    }

    private static Catalogs.Errors.OpenDataException Unusable() => SourceFailure.Of(
        SourceErrors.BindingUnusable,
        "Chuỗi kết nối cơ sở dữ liệu không dùng được; cần đúng một máy chủ.",
        "The database's connection string is unusable; it needs exactly one host.");

    private static TransientSourceException Unknown(Exception? inner) => SourceFailure.Transient(
        SourceErrors.Unreachable, "Không tìm thấy máy chủ cơ sở dữ liệu.", "The database's host was not found.", inner);
}
