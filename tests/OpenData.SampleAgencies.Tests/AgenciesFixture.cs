using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;

namespace OpenData.SampleAgencies.Tests;

/// <summary>A running server on a free port, and a client with and one without the token.</summary>
public sealed class AgenciesFixture : IAsyncLifetime
{
    private WebApplication? _app;

    internal HttpClient WithToken { get; } = new();

    internal HttpClient Anyone { get; } = new();

    public async Task InitializeAsync()
    {
        _app = SampleServer.Build(new AgencyOptions { Port = 0 }, TimeProvider.System);
        await _app.StartAsync();
        WithToken.BaseAddress = Anyone.BaseAddress = new Uri(_app.Urls.First());
        WithToken.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AgencyOptions.DemoToken);
    }

    public async Task DisposeAsync()
    {
        WithToken.Dispose();
        Anyone.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    internal Task<byte[]> BytesAsync(string path) => Anyone.GetByteArrayAsync(path);

    internal async Task<string> TextAsync(string path) => Encoding.UTF8.GetString(await BytesAsync(path));

    internal async Task<JsonElement> JsonAsync(string path)
    {
        using var document = JsonDocument.Parse(await WithToken.GetByteArrayAsync(path));
        return document.RootElement.Clone();
    }

    /// <summary>All records of the one-stop system by following <c>next</c>; checks that the declared total is right.</summary>
    internal async Task<List<JsonElement>> CasesAsync(string query)
    {
        var records = new List<JsonElement>();
        var next = $"/one-stop/api/cases?{query}";
        while (next is not null)
        {
            var page = await JsonAsync(next);
            records.AddRange(page.GetProperty("data").EnumerateArray());
            next = page.GetProperty("next").GetString();
            if (next is null)
            {
                Assert.Equal(page.GetProperty("total").GetInt32(), records.Count);
            }
        }

        return records;
    }

    internal async Task PostAsync(string path)
    {
        using var answer = await WithToken.PostAsync(path, null);
        answer.EnsureSuccessStatusCode();
    }
}
