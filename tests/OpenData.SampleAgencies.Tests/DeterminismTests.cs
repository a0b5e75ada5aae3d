namespace OpenData.SampleAgencies.Tests;

public sealed class DeterminismTests(AgenciesFixture agencies) : IClassFixture<AgenciesFixture>
{
    public static TheoryData<string> Paths { get; } =
    [
        "/public-services/services.csv",
        "/documents/exchange.ndjson",
        "/telecom/stations.xlsx",
        "/trees/trees.geojson",
        "/community/groups.csv",
        "/markets/cashless.csv",
        "/one-stop/api/cases?limit=2000",
        "/reports/api/reports?size=1000",
        "/network/api/circuits?limit=500",
    ];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task The_same_seed_gives_the_same_bytes_in_another_server(string path)
    {
        await using var other = new Server(new AgencyOptions { Port = 0 });
        var second = await other.BytesAsync(path);
        var first = await agencies.WithToken.GetByteArrayAsync(path);

        // Pages name their own address.
        Assert.Equal(Plain(first, agencies.WithToken.BaseAddress), Plain(second, other.Address));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Another_seed_gives_other_bytes(string path)
    {
        await using var other = new Server(new AgencyOptions { Port = 0, Seed = 7 });
        Assert.NotEqual(await agencies.WithToken.GetByteArrayAsync(path), await other.BytesAsync(path));
    }

    private static string Plain(byte[] bytes, Uri? address)
        => System.Text.Encoding.Latin1.GetString(bytes).Replace(address!.Authority, "host", StringComparison.Ordinal); // both are running

    private sealed class Server : IAsyncDisposable
    {
        private readonly Microsoft.AspNetCore.Builder.WebApplication _app;
        private readonly HttpClient _client = new();

        public Server(AgencyOptions options)
        {
            _app = SampleServer.Build(options, TimeProvider.System);
            _client.DefaultRequestHeaders.Add("Authorization", "Bearer " + AgencyOptions.DemoToken);
        }

        public Uri? Address => _client.BaseAddress;

        public async Task<byte[]> BytesAsync(string path)
        {
            await _app.StartAsync();
            _client.BaseAddress = new Uri(_app.Urls.First());
            return await _client.GetByteArrayAsync(path);
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await _app.DisposeAsync();
        }
    }
}
