using OpenData.Catalogs.Errors;
using OpenData.TestKit;
using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Tests.Ledger;

/// <summary>What is particular to the file.</summary>
public sealed class LedgerFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Fact]
    public async Task Without_a_worker_there_are_no_runs()
    {
        await using var reader = RunLedger.ForReading(new LedgerOptions(_folder.Path), TimeProvider.System);
        Assert.Empty(await reader.ListAsync(null, null, 10, CancellationToken.None));
        Assert.Null(await reader.WatermarkAsync("trees", CancellationToken.None));
    }

    [Fact]
    public async Task A_damaged_file_gives_a_named_error()
    {
        _folder.Write("state/ledger.db", new string('x', 10_000));
        var error = await Assert.ThrowsAsync<OpenDataException>(() => RunLedger.OpenAsync(new LedgerOptions(_folder.Path), TimeProvider.System, CancellationToken.None));
        Assert.Equal(LedgerErrors.Unavailable, error.Code);
        Assert.DoesNotContain(_folder.Path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ids_sort_in_the_order_they_are_made_even_when_the_clock_stands_still()
    {
        var clock = new ManualClock();
        Culture.Vietnamese(() =>
        {
            var ids = Enumerable.Range(0, 1000).Select(_ => RunId.New(clock)).ToList();
            Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
            Assert.Equal(1000, ids.Distinct(StringComparer.Ordinal).Count());
            Assert.All(ids, id => Assert.Matches("^[0-9]{8}T[0-9]{13}Z-[0-9a-f]{8}$", id));
        });
    }

    public void Dispose() => _folder.Dispose();
}
