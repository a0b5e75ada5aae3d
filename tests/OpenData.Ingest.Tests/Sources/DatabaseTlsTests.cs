using Npgsql;
using OpenData.Catalogs;
using OpenData.Warehouse.Tests.Ledger;

namespace OpenData.Ingest.Tests.Sources;

/// <summary>Encrypted connections to a real PostgreSQL whose certificate is for localhost, signed by a root of our own.</summary>
public sealed class DatabaseTlsTests : IDisposable
{
    private readonly PostgresServer _server = new();

    [PostgresFact]
    public async Task The_line_is_encrypted_and_the_certificate_is_checked_against_the_name_not_the_address()
    {
        var database = new NpgsqlConnectionStringBuilder(_server.NewDatabase()).Database;
        var (port, root) = _server.ListenWithTls();
        string Connection(string host, string ssl) => $"Host={host};Port={port};Username=opendata;Database={database};Password=planted;{ssl}";

        Assert.Equal("""[{"id":true}]""", await Read(Connection("localhost", "SSL Mode=Require")));
        Assert.Equal("""[{"id":false}]""", await Read(Connection("localhost", "SSL Mode=Disable")));
        Assert.Equal("""[{"id":true}]""", await Read(Connection("localhost", $"SSL Mode=VerifyFull;Root Certificate={root}")));
        Assert.Equal("""[{"id":true}]""", await Read(Connection("127.0.0.1", $"SSL Mode=VerifyCA;Root Certificate={root}")));
        Assert.Equal("OD2001", await Read(Connection("127.0.0.1", $"SSL Mode=VerifyFull;Root Certificate={root}")));
        Assert.Equal("OD2001", await Read(Connection("localhost", "SSL Mode=VerifyFull")));
    }

    public void Dispose() => _server.Dispose();

    private static async Task<string> Read(string connection)
    {
        using var rig = new SourceRig(SourceRig.Short with { TriesMax = 1 }, columns: ["id"]).Set("DB", connection);
        try
        {
            var bodies = await rig.Fetch(new SourceBinding("database") { Connection = "${DB}", Query = "select ssl as id from pg_stat_ssl where pid = pg_backend_pid()", Counted = false });
            return Assert.Single(bodies).Replace("\n", "", StringComparison.Ordinal);
        }
        catch (OpenData.Catalogs.Errors.OpenDataException e)
        {
            Assert.DoesNotContain("planted", e.ToString(), StringComparison.Ordinal);
            return e.Code.Code;
        }
    }
}
