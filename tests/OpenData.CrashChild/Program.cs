using System.Globalization;
using System.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Landing;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Staging;
using OpenData.Warehouse.Validation;

// A process that tests may kill: it recovers, then lands, stages, validates and publishes one CSV after another.
// Arguments: data folder, contract file, rounds, seed, and "recover" or "join" (beside another worker, whose work must stay).
// Prints "published <version>" or "refused <code>" after each round.
var (dataFolder, contractFile) = (Path.GetFullPath(args[0]), args[1]);
var rounds = int.Parse(args[2], CultureInfo.InvariantCulture);
var seed = int.Parse(args[3], CultureInfo.InvariantCulture);

var yaml = await File.ReadAllTextAsync(contractFile);
var contract = CatalogReader.ReadContract(yaml, "crash.yaml").Contract ?? throw new InvalidOperationException("The contract is wrong.");
var engine = new EngineOptions { Threads = 1, MemoryBytesMax = 256L << 20 };
var store = new SnapshotStore(dataFolder);
var landing = new LandingStore(dataFolder, TimeProvider.System);
if (args[4] == "recover")
{
    new Recovery(store).Run(_ => false);
}

Console.WriteLine("ready");

for (var round = 0; round < rounds; round++)
{
    var number = seed + round;
    var token = (store.HighestToken(contract.Id) ?? 0) + 1;
    var run = string.Create(CultureInfo.InvariantCulture, $"run-{seed}-{round}");
    var folder = Path.Combine(store.WorkFolder, run);
    var previous = store.Current(contract.Id);
    try
    {
        var result = await PublishAsync(run, folder, token, previous, Csv(number));
        Console.WriteLine("published " + result.Snapshot.Version);
    }
    catch (OpenDataException refused) when (refused.Code == PublishingErrors.StaleToken || refused.Code == PublishingErrors.BaseChanged)
    {
        Console.WriteLine("refused " + refused.Code);
    }

    Directory.Delete(folder, recursive: true);
}

async Task<PublishResult> PublishAsync(string run, string folder, long token, Snapshot? previous, string csv)
{
    using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(csv));
    var landed = await landing.LandAsync(contract, folder, "crash child", bytes, CancellationToken.None);
    var staged = StagingLoader.Load(contract, [landed], new StagingOptions(folder), CancellationToken.None);
    var validated = new Validator(engine).Validate(staged, contract, previous, new Dictionary<string, Snapshot>(StringComparer.Ordinal), CancellationToken.None);
    var now = TimeProvider.System.GetUtcNow();
    return new SnapshotPublisher(store, engine, TimeProvider.System)
        .Publish(validated, previous, new PublishRequest(run, token, now, now, yaml), CancellationToken.None);
}

// Rows are a function of the number; its last row says how many there are, so that a reader can tell a whole version.
static string Csv(int number)
{
    var rows = 50 + (number * 37 % 400);
    var text = new StringBuilder("id,word\n");
    for (var i = 1; i <= rows; i++)
    {
        text.Append(CultureInfo.InvariantCulture, $"{i},{(i == rows ? $"end of {rows} in {number}" : $"word {i * number % 97}")}\n");
    }

    return text.ToString();
}
