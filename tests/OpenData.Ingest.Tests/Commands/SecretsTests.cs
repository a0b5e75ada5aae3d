using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Npgsql;
using OpenData.Ingest.Tests.Runs;
using OpenData.Ingest.Tests.Sources;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Tests.Ledger;

namespace OpenData.Ingest.Tests.Commands;

/// <summary>
/// Secrets of every kind of authentication, planted in the settings of a real worker that logs all it can, against systems that take them,
/// refuse them and throw them back: afterwards they are in no file, no log line and no answer.
/// </summary>
public sealed class SecretsTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static readonly string[] Ways = ["taken", "refused", "thrown", "broken"];

    private static readonly (string Name, string Secret, string Auth)[] Kinds =
    [
        ("bearer", "planted-bearer", "{ bearer: \"${BEARER}\" }"),
        ("basic", "planted-user:planted-password", "{ basic: \"${BASIC}\" }"),
        ("key", "planted-key", "{ key: \"${KEY}\", header: X-Api-Key }"),
        ("oauth", "planted-client-secret", "{ oauth: { token_url: \"${URL}/token\", client_id: \"${CLIENT}\", client_secret: \"${OAUTH}\" } }"),
        ("oauthbody", "planted-body-secret", "{ oauth: { token_url: \"${URL}/token\", client_id: me, client_secret: \"${OAUTHBODY}\", credentials: body } }"),
        ("oauthno", "planted-refused-secret", "{ oauth: { token_url: \"${URL}/no-token\", client_id: me, client_secret: \"${OAUTHNO}\" } }"),
    ];

    [Fact]
    public async Task No_secret_of_an_HTTP_source_is_ever_written()
    {
        await using var agency = await FlakyAgency.Start(Answer);
        using var place = new Workplace();
        var settings = new List<(string, string)> { ("URL", agency.Url), ("CLIENT", "planted-client"), ("ADDRESS", "planted-address") };
        foreach (var (name, secret, auth) in Kinds)
        {
            settings.Add((name.ToUpperInvariant(), secret));
            foreach (var way in Ways)
            {
                place.Contract($"{name}_{way}", $"{{ kind: csv, url: \"${{URL}}/{way}?key=${{ADDRESS}}\", auth: {auth} }}");
            }
        }

        var said = await ServeAsync(place, settings);
        var runs = await place.Runs();
        Assert.Equal(Kinds.Length * Ways.Length, runs.Count);
        Assert.Equal(Kinds.Length - 1, runs.Count(r => r.Status == RunStatus.Succeeded));
        NothingIsThere(place, said, [.. Kinds.SelectMany(k => k.Secret.Split(':')), "planted-client", "planted-address", "planted-token"]);
    }

    [PostgresFact]
    public async Task No_secret_of_a_database_is_ever_written()
    {
        var database = server.NewDatabase();
        using (var connection = new NpgsqlConnection(database + ";Pooling=false"))
        {
            connection.Open();
            using var command = new NpgsqlCommand("create table t as select 1 as id, 'a' as name", connection);
            command.ExecuteNonQuery();
        }

        using var place = new Workplace();
        place.Contract("taken", "{ kind: database, connection: \"${TAKEN}\", table: public.t }");
        place.Contract("gone", "{ kind: database, connection: \"${TAKEN}\", table: public.gone }");
        place.Contract("refused", "{ kind: database, connection: \"${REFUSED}\", table: public.t }");
        place.Contract("unusable", "{ kind: database, connection: \"${UNUSABLE}\", table: public.t }");
        place.Contract("nobody", "{ kind: database, connection: \"${NOBODY}\", table: public.t }");
        var said = await ServeAsync(
            place,
            [
                ("SOURCE_ALLOW_PRIVATE", "127.0.0.1," + new NpgsqlConnectionStringBuilder(database).Host),
                ("TAKEN", database + ";Password=planted-taken"),
                ("REFUSED", new NpgsqlConnectionStringBuilder(database) { Username = "planted-account", Password = "planted-refused" }.ConnectionString),
                ("UNUSABLE", database + ";Password=planted-unusable;Planted-Word=planted-value"),
                ("NOBODY", "Host=127.0.0.1;Port=1;Username=planted-account;Password=planted-nobody"),
            ]);
        Assert.Equal("taken", Assert.Single(await place.Runs(), r => r.Status == RunStatus.Succeeded).Dataset);
        NothingIsThere(place, said, ["planted-taken", "planted-account", "planted-refused", "planted-unusable", "planted-value", "Planted-Word", "planted-nobody"]);
    }

    /// <summary>Serves until every dataset was tried once, then asks what an operator would ask; returns all that was said.</summary>
    private static async Task<string> ServeAsync(Workplace place, IEnumerable<(string, string)> settings)
    {
        (string, string)[] environment = [.. settings, ("LOG_LEVEL", "Trace")];
        using var serving = IngestProcess.Start(place, null, environment, "serve");
        var log = serving.StandardError.ReadToEndAsync();
        var said = new StringBuilder();
        while (await serving.StandardOutput.ReadLineAsync() is { } line)
        {
            said.AppendLine(line);
            if (line.StartsWith("Worker ready", StringComparison.Ordinal))
            {
                break;
            }
        }

        using (Process.Start("kill", ["-TERM", serving.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await serving.WaitForExitAsync();
        }

        said.Append(await log);
        Assert.Contains(" info: ", said.ToString(), StringComparison.Ordinal);
        var failed = (await place.Runs()).First(r => r.Status == RunStatus.Failed);
        foreach (var (command, subject) in new[] { ("show", failed.Id.ToString()), ("explain", failed.Dataset) })
        {
            var (_, output, error) = await IngestProcess.Run(place, null, environment, command, subject);
            said.Append(output).Append(error);
        }

        return said.ToString();
    }

    private static void NothingIsThere(Workplace place, string said, string[] secrets)
    {
        // Also as HTTP Basic writes them.
        string[] all = [.. secrets, .. Kinds.Select(k => Convert.ToBase64String(Encoding.UTF8.GetBytes(k.Secret)))];
        Assert.All(all, s => Assert.DoesNotContain(s, said, StringComparison.OrdinalIgnoreCase));
        foreach (var file in Directory.EnumerateFiles(place.DataFolder, "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(file);
            Assert.All(all, s => Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(s)) < 0, $"{Path.GetFileName(file)} holds {s}"));
        }
    }

    private static Task Answer(HttpContext context, int number)
    {
        var shown = $"{context.Request.Headers.Authorization}{context.Request.Headers["X-Api-Key"]}{context.Request.QueryString}";
        switch (context.Request.Path.Value)
        {
            case "/token":
                return FlakyAgency.Text(context, "{\"access_token\":\"planted-token\",\"token_type\":\"Bearer\",\"expires_in\":600}");
            case "/no-token":
                return FlakyAgency.Text(context, $"{{\"error\":\"invalid_client\",\"error_description\":\"{shown}\"}}", status: 401);
            case "/refused":
                return FlakyAgency.Text(context, $"Who is {shown}?", "text/plain", 401);
            case "/thrown":
                context.Response.Headers.Location = "gopher://example.org/" + context.Request.QueryString;
                return FlakyAgency.Text(context, shown, "text/plain", 302);
            case "/broken":
                return FlakyAgency.Text(context, "<html>" + shown);
            default:
                return FlakyAgency.Text(context, "id,name\n1,a\n");
        }
    }
}
