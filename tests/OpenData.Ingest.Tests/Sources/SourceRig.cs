using Microsoft.Extensions.Logging.Abstractions;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Ingest.Sources;
using OpenData.TestKit;
using OpenData.Warehouse.Landing;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.ScoreTables;

namespace OpenData.Ingest.Tests.Sources;

/// <summary>Sources with short patience, and what they handed over.</summary>
internal sealed class SourceRig : IDisposable
{
    private readonly Dictionary<string, string?> _settings = new(StringComparer.Ordinal);
    private readonly SourceHttp _http;
    private readonly TestFolder _folder = new();
    private readonly LandingStore _landing;
    private readonly IReadOnlyList<ColumnContract> _columns;

    public SourceRig(SourceLimits? limits = null, string? allow = "127.0.0.1,localhost", string catalogFolder = "/", IReadOnlyList<string>? columns = null, TimeProvider? clock = null, Func<string, CancellationToken, Task<System.Net.IPAddress[]>>? resolve = null)
    {
        _columns = [.. (columns ?? []).Select(name => new ColumnContract(name, new ColumnType(ColumnKind.Text), new LocalText(name, name)))];
        Limits = limits ?? Short;
        _landing = new LandingStore(_folder.Path, TimeProvider.System);
        _http = new SourceHttp(Limits, new AddressGuard(allow, resolve));
        Directory = new SourceDirectory(
            _http,
            new Placeholders(name => _settings.GetValueOrDefault(name)),
            new PublishedRounds(new LedgerOptions(_folder["data"]), TimeProvider.System),
            catalogFolder,
            Limits,
            clock ?? TimeProvider.System,
            NullLogger<SourceDirectory>.Instance);
    }

    public static SourceLimits Short { get; } = new()
    {
        Answer = TimeSpan.FromSeconds(2),
        Read = TimeSpan.FromSeconds(1),
        Body = TimeSpan.FromSeconds(10),
        BodyBytesMax = 1 << 20,
        PageBytesMax = 1 << 18,
        TriesMax = 3,
        RetryWait = TimeSpan.FromMilliseconds(5),
        RetryWaitMax = TimeSpan.FromSeconds(2),
        DropQuiet = TimeSpan.Zero,
    };

    public SourceLimits Limits { get; }

    public SourceDirectory Directory { get; }

    /// <summary>Bodies landed by the last reading that ended well, in order.</summary>
    public List<string> Bodies { get; } = [];

    public List<string> Origins { get; } = [];

    /// <summary>Done once, after the first bytes of the first body.</summary>
    public Action? During { get; set; }

    /// <summary>Bodies that were begun.</summary>
    public int Readings { get; private set; }

    public SourceRig Set(string name, string value)
    {
        _settings[name] = value;
        return this;
    }

    public async Task<List<string>> Fetch(SourceBinding source, DateTimeOffset? since = null, DateTimeOffset? until = null)
    {
        Bodies.Clear();
        var contract = Contract(source);
        await Directory.SourceOf(contract)!.FetchAsync(new SourceRead(contract, since, Land) { Until = until }, CancellationToken.None);
        return Bodies;
    }

    /// <summary>The code that a reading ends with.</summary>
    public async Task<ErrorCode> Failure(SourceBinding source)
    {
        var error = await Assert.ThrowsAsync<OpenDataException>(() => Fetch(source));
        Assert.NotEmpty(error.Detail.Vi);
        Assert.NotEmpty(error.Detail.En);
        return error.Code;
    }

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    private DatasetContract Contract(SourceBinding source)
        => new("flaky", new LocalText("Thử", "Test"), new LocalText("Thử", "Test"), _columns, _columns.Count > 0 ? [.. _columns.Select(c => c.Name)] : ["id"], source)
        {
            Publisher = "p",
            Theme = "t",
            License = "l",
            File = "datasets/flaky.yaml",
        };

    private async Task<LandedFile> Land(SourceBody body, CancellationToken token)
    {
        using var copy = new MemoryStream();
        if (Readings++ == 0 && During is { } during)
        {
            var first = new byte[100];
            copy.Write(first, 0, await body.Stream.ReadAsync(first, token));
            during();
        }

        await body.Stream.CopyToAsync(copy, token);
        Bodies.Add(System.Text.Encoding.UTF8.GetString(copy.ToArray()));
        Origins.Add(body.Origin);
        copy.Position = 0;
        return await _landing.LandAsync(Contract(new SourceBinding("csv")), _folder["work"], body.Origin, copy, token);
    }
}
