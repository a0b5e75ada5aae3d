using System.Globalization;
using OpenData.Catalogs;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Landing;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Staging;
using OpenData.Warehouse.Validation;

namespace OpenData.Benchmarks;

/// <summary>
/// A catalogue and a data folder for the portal, filled through the real pipeline. Publishing takes long, so a town is kept as long as
/// its rows and the code that published them are the same.
/// </summary>
internal sealed class BenchTown
{
    private const string StampFile = "made-by.txt";

    private static readonly EngineOptions Engine = new() { Threads = 2, MemoryBytesMax = 4L << 30, QueryTimeout = Timeout.InfiniteTimeSpan };

    private readonly string _folder;

    private BenchTown(string folder) => _folder = folder;

    public string DataFolder => Path.Combine(_folder, "data");

    public string CatalogFolder => Path.Combine(_folder, "catalog");

    public SnapshotStore Store => new(DataFolder);

    /// <summary>The town of that folder, filled now unless it was filled before.</summary>
    public static BenchTown Prepare(string folder, string what, Action<BenchTown> fill)
    {
        var town = new BenchTown(folder);
        var stamp = Path.Combine(folder, StampFile);
        var wanted = $"{what}\n{typeof(SnapshotPublisher).Module.ModuleVersionId} {typeof(DatasetContract).Module.ModuleVersionId}\n";
        if (File.Exists(stamp) && File.ReadAllText(stamp) == wanted)
        {
            return town;
        }

        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        town.WriteRegisters();
        fill(town);

        // Bytes as received are not served; the stamp comes last, so that a broken filling is begun anew.
        Directory.Delete(Path.Combine(town.DataFolder, "landing"), recursive: true);
        Directory.Delete(Path.Combine(town.DataFolder, "work"), recursive: true);
        town.Write(StampFile, wanted);
        return town;
    }

    /// <summary>Writes the contract into the catalogue.</summary>
    public void Write(DatasetContract contract) => Write($"catalog/datasets/{contract.Id}.yaml", contract.Yaml);

    /// <summary>Publishes a version of the dataset.</summary>
    public void Publish(DatasetContract contract, Stream csv)
    {
        var token = (Store.HighestToken(contract.Id) ?? 0) + 1;
        var run = string.Create(CultureInfo.InvariantCulture, $"bench-{contract.Id}-{token}");
        var runFolder = Path.Combine(DataFolder, "work", run);
        Directory.CreateDirectory(runFolder);
        using var spool = new LandingStore(DataFolder, TimeProvider.System).Open(contract, runFolder, "bench");
        csv.CopyTo(spool.Stream);
        var landed = spool.Land(CancellationToken.None);
        var staged = StagingLoader.Load(contract, [landed], new StagingOptions(runFolder), CancellationToken.None);
        var previous = Store.Current(contract.Id);
        var validated = new Validator(Engine).Validate(
            staged, contract, previous, new Dictionary<string, Snapshot>(StringComparer.Ordinal), CancellationToken.None);
        var now = TimeProvider.System.GetUtcNow();
        new SnapshotPublisher(Store, Engine, TimeProvider.System)
            .Publish(validated, previous, new PublishRequest(run, token, now, now, contract.Yaml), CancellationToken.None);
    }

    private void WriteRegisters()
    {
        Write("catalog/publishers.yaml", "publishers:\n  - { id: bench, name: { vi: Phép đo, en: Benchmark } }\n");
        Write(
            "catalog/themes.yaml",
            "themes:\n  - { id: government, name: { vi: Chính quyền, en: Government }, eu_theme: http://publications.europa.eu/resource/authority/data-theme/GOVE }\n");
        Write(
            "catalog/licenses.yaml",
            """
            licenses:
              - id: bench
                name: { vi: Để đo, en: For measuring }
                text: { vi: Dữ liệu mô phỏng., en: Synthetic data. }
                attribution: { vi: "Nguồn: {publisher}, {title}, {version}", en: "Source: {publisher}, {title}, {version}" }
                valid_from: 2025-01-01

            """);
    }

    private void Write(string file, string text)
    {
        var path = Path.Combine(_folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // Below the town's own folder.
        File.WriteAllBytes(path, System.Text.Encoding.UTF8.GetBytes(text));
    }
}
