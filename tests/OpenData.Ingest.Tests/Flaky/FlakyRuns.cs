using System.Security.Cryptography;
using OpenData.Ingest.Runs;
using OpenData.Ingest.Tests.Runs;
using OpenData.Ingest.Tests.Sources;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Tests.Flaky;

/// <summary>A dataset for every mode: published while all agencies are well, then read once more while every one of them misbehaves.</summary>
public sealed class FlakyRuns : IAsyncLifetime, IDisposable
{
    private readonly Workplace _place = new()
    {
        Parallel = 6,
        Limits = SourceRig.Short with
        {
            Connect = TimeSpan.FromSeconds(3),
            Answer = TimeSpan.FromSeconds(3),
            Read = TimeSpan.FromSeconds(2),
            Body = TimeSpan.FromSeconds(4),
            PagesMax = 20,
            TriesMax = 2,
        },
    };

    /// <summary>Files below a dataset's published folder with their hashes, before and after.</summary>
    internal Dictionary<string, (string Before, string After)> Published { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, RunOutcome> Outcomes { get; private set; } = [];

    internal Dictionary<string, RunRecord> Records { get; private set; } = [];

    internal Dictionary<string, int> Requests { get; } = new(StringComparer.Ordinal);

    public async Task InitializeAsync()
    {
        var modes = FlakyModes.All.ToDictionary(m => "/" + m.Name, StringComparer.Ordinal);
        var well = true;
        await using var agency = new RawAgency(x => x.Path switch
        {
            "/good" => x.Answer(Bodies.Csv(9)),
            "/login" => x.Answer("<html><form>Đăng nhập</form></html>", "Content-Type: text/html\r\n"),
            _ when !well => modes[x.Path].Answer(x),
            _ when modes[x.Path].Paged => FlakyModes.Honest(x, 8),
            _ => x.Answer(Bodies.Csv(8)),
        });
        foreach (var mode in FlakyModes.All)
        {
            var setting = mode.Name.ToUpperInvariant();
            _place.Set(setting, agency.Address);
            _place.Contract(
                mode.Name,
                mode.Paged ? $"{{ kind: http_json, url: \"${{{setting}}}/{mode.Name}\", records: $.data, total: $.total, paging: {mode.Paging} }}" : $"{{ kind: csv, url: \"${{{setting}}}/{mode.Name}\" }}",
                rest: "expectations:\n  - { rule: row_count, shrink_max: 0.2, on_fail: block }\n  - { rule: quarantine_share, max: 0.2, on_fail: block }");
        }

        Assert.All(await _place.Run(), o => Assert.Equal(RunStatus.Succeeded, o.Value.Status));
        var before = FlakyModes.All.ToDictionary(m => m.Name, m => Hashes(m.Name), StringComparer.Ordinal);
        well = false;
        agency.Forget();
        foreach (var mode in FlakyModes.All.Where(m => m.Address is not null))
        {
            _place.Set(mode.Name.ToUpperInvariant(), mode.Address!(agency.Port));
        }

        Outcomes = await _place.Run();
        foreach (var mode in FlakyModes.All)
        {
            Published[mode.Name] = (before[mode.Name], Hashes(mode.Name));
            Requests[mode.Name] = agency.Requests("/" + mode.Name);
        }

        Records = (await _place.Runs()).GroupBy(r => r.Dataset).ToDictionary(g => g.Key, g => g.First(r => r.Id == Outcomes[g.Key].RunId), StringComparer.Ordinal);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _place.Dispose();

    internal Task<string> Csv(string dataset) => _place.Csv(dataset);

    private string Hashes(string dataset)
    {
        var folder = Path.Combine(_place.DataFolder, "published", dataset);
        return string.Join('\n', Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(f => $"{Path.GetRelativePath(folder, f)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))}"));
    }
}
