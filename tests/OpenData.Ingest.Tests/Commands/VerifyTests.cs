using System.Globalization;
using OpenData.Ingest.Tests.Runs;
using OpenData.TestKit;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;

namespace OpenData.Ingest.Tests.Commands;

/// <summary>Promise 15: what <c>verify</c> sees.</summary>
public sealed class VerifyTests
{
    [Fact]
    public async Task One_flipped_bit_in_any_kind_of_file_is_found_and_nothing_is_found_without()
    {
        using var place = await Filled();
        Assert.Empty(await place.FindingsAsync());
        var files = Directory.EnumerateFiles(place.DataFolder, "*", SearchOption.AllDirectories)
            .Where(f => !f.Contains("state", StringComparison.Ordinal) && new FileInfo(f).Length > 0)
            .Order(StringComparer.Ordinal)
            .ToList();
        foreach (var kind in new[] { "data.duckdb", "data.csv.gz", "data.parquet", "contract.yaml", "manifest.json", "collected.txt", "landing", "current", "quarantine" })
        {
            Assert.Contains(files, f => f.Contains(kind, StringComparison.Ordinal));
        }

        var random = new Random(15);
        var (places, found) = (RunScale.IsSoak ? 200 : 40, 0);
        for (var i = 0; i < places; i++)
        {
            var file = files[i % files.Count];
            File.SetAttributes(file, FileAttributes.Normal);
            var whole = await File.ReadAllBytesAsync(file);
            var flipped = (byte[])whole.Clone();
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(file, flipped);
            found += (await place.FindingsAsync()).Count > 0 ? 1 : 0;
            await File.WriteAllBytesAsync(file, whole);
        }

        SoakReport.Line(string.Create(CultureInfo.InvariantCulture, $"Promise 15: one bit flipped in {places} places of {files.Count} files: {found} found by verify"));
        Assert.Equal(places, found);
        Assert.Empty(await place.FindingsAsync());
    }

    [Fact]
    public async Task What_ledger_landing_and_versions_contradict_is_found_by_its_code()
    {
        using var place = await Filled();
        foreach (var landed in Directory.EnumerateFiles(Path.Combine(place.DataFolder, "landing"), "*", SearchOption.AllDirectories).Take(1))
        {
            File.Delete(landed);
        }

        Assert.Equal(["OD2323"], await Codes(place));
        await using (var ledger = await RunLedger.OpenAsync(place.Settings.Ledger, TimeProvider.System, CancellationToken.None))
        {
            var id = RunId.New(TimeProvider.System);
            await ledger.StartAsync(new RunStart(id, "units", "command", TimeProvider.System.GetUtcNow(), WorkerIdentity.Current), CancellationToken.None);
            Assert.Equal(["OD2323"], await Codes(place));
            await ledger.FinishAsync(id, new RunEnd(RunStatus.Succeeded) { Version = "20260101T000000000Z-0123abcd" }, CancellationToken.None);
        }

        Assert.Equal(["OD2323", "OD2324"], await Codes(place));
        var newest = Directory.GetFiles(Path.Combine(place.DataFolder, "published", "units", "current")).Max(StringComparer.Ordinal)!;
        File.Copy(newest, Path.Combine(Path.GetDirectoryName(newest)!, Publication.FileName(99)));
        Assert.Equal(["OD2321", "OD2323", "OD2324"], await Codes(place));
    }

    [Fact]
    public async Task Findings_are_lines_for_people_or_JSON_for_programs()
    {
        using var place = await Filled();
        Assert.Matches(@"^1 datasets, 3 versions, 3 landed files, [0-9,]+ bytes verified; 0 findings\.\n$", (await IngestProcess.Run(place, null, "verify")).Output);
        place.Write($"data/published/units/current/{Publication.FileName(7)}", "torn");
        var plain = await IngestProcess.Run(place, null, "verify", "--mib-per-second", "64");
        Assert.Equal(1, plain.Code);
        Assert.StartsWith("OD2321: units: 00000000000000000007: Malformed\n", plain.Output, StringComparison.Ordinal);
        var json = await IngestProcess.Run(place, null, "verify", "--json");
        Assert.Equal(1, json.Code);
        Assert.All(json.Output.TrimEnd().Split('\n'), line => System.Text.Json.JsonDocument.Parse(line).Dispose());
    }

    private static async Task<Workplace> Filled()
    {
        var place = new Workplace();
        place.Contract("units", $"{{ kind: csv, path: \"{place.Write("in/units.csv", "")}\" }}");
        foreach (var name in new[] { "một", "hai", "ba" })
        {
            place.Write("in/units.csv", $"id,name\n1,{name}\nx,hỏng\n");
            Assert.True((await place.Run("units"))["units"].IsGood);
        }

        // The oldest is collected, as if its time were over.
        var store = new SnapshotStore(place.DataFolder);
        var later = new ShiftedClock { Shift = TimeSpan.FromDays(2) };
        var contract = store.Current("units")!.Contract;
        await new SnapshotCollector(store, later).CollectAsync(
            contract with { Keep = contract.Keep with { Versions = 2 } }, new Dictionary<string, string>(StringComparer.Ordinal), _ => Task.FromResult(true));
        Assert.Contains(store.Versions("units"), v => v.CollectedAt is not null);
        return place;
    }

    private static async Task<IEnumerable<string>> Codes(Workplace place)
        => (await place.FindingsAsync()).Select(f => f.Code.Code).Distinct().Order(StringComparer.Ordinal);
}
