using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Tests.Ledger;

/// <content>Pins, collections and landed files.</content>
public sealed partial class RunLedgerTests
{
    private const string V1 = "20261122T023015123Z-1a2b3c4d";
    private const string V2 = "20261123T023015123Z-1a2b3c4d";

    [Theory]
    [LedgerKinds]
    public async Task A_pin_tells_who_when_and_why_until_it_is_taken_away(string kind)
    {
        await using var ledger = await Open(kind);
        var pin = new Pin("trees", V1, "lan", "Trích trong báo cáo \"quý III\"", _clock.GetUtcNow());
        Assert.True(await ledger.PinAsync(pin, None));
        Assert.True(await ledger.PinAsync(pin with { Dataset = "cases", Version = V2 }, None));
        Assert.Equal([pin with { Dataset = "cases", Version = V2 }, pin], await ledger.PinsAsync(null, None));

        var again = pin with { Reason = "Thanh tra", PinnedBy = "minh", PinnedAt = _clock.GetUtcNow().AddDays(1) };
        Assert.True(await ledger.PinAsync(again, None));
        Assert.Equal([again], await ledger.PinsAsync("trees", None));

        Assert.True(await ledger.UnpinAsync("trees", V1, "lan", None));
        Assert.False(await ledger.UnpinAsync("trees", V1, "lan", None));
        Assert.Empty(await ledger.PinsAsync("trees", None));
    }

    [Theory]
    [LedgerKinds]
    public async Task A_pinned_version_cannot_be_collected_and_a_collected_one_cannot_be_pinned(string kind)
    {
        await using var ledger = await Open(kind);
        var pin = new Pin("trees", V1, "lan", "why", _clock.GetUtcNow());
        Assert.True(await ledger.PinAsync(pin, None));
        Assert.False(await ledger.ClaimForCollectionAsync("trees", V1, None));
        Assert.True(await ledger.ClaimForCollectionAsync("trees", V2, None));

        // A worker that died in the middle asks again.
        Assert.True(await ledger.ClaimForCollectionAsync("trees", V2, None));
        Assert.False(await ledger.PinAsync(pin with { Version = V2 }, None));
        Assert.False(await ledger.UnpinAsync("trees", V2, "lan", None));
        Assert.Equal([pin], await ledger.PinsAsync(null, None));
    }

    [Theory]
    [LedgerKinds]
    public async Task Of_an_operator_and_a_worker_at_the_same_moment_exactly_one_wins(string kind)
    {
        await using var operators = await Open(kind);
        await using var worker = await Open(kind);
        for (var round = 0; round < 40; round++)
        {
            var dataset = $"d{round}";
            var pinned = Task.Run(() => operators.PinAsync(new Pin(dataset, V1, "lan", "why", _clock.GetUtcNow()), None));
            var collected = Task.Run(() => worker.ClaimForCollectionAsync(dataset, V1, None));

            Assert.NotEqual(await pinned, await collected);
        }
    }

    [Theory]
    [LedgerKinds]
    public async Task Landed_files_are_recorded_by_run_and_their_removal_too(string kind)
    {
        await using var ledger = await Open(kind);
        var run = await Start(ledger, "trees");
        var first = new LandingRecord(run, "trees", "ab", 7, "trees.csv", _clock.GetUtcNow(), IsCleaned: false);
        var second = first with { Sha256 = "cd", Bytes = 8, IsCleaned = true };
        await ledger.AddLandingsAsync(run, [first, second], None);
        Assert.Equal([first, second], await ledger.LandingsAsync(run, None));

        _clock.Advance(TimeSpan.FromDays(31));
        await ledger.MarkLandingRemovedAsync("ab", None);
        Assert.Equal([second], await ledger.LandingsAsync(None));
        Assert.Equal([first with { RemovedAt = _clock.GetUtcNow() }, second], await ledger.LandingsAsync(run, None));
    }

    [Theory]
    [LedgerKinds]
    public async Task A_ledger_of_the_first_release_is_brought_up_to_date_and_keeps_its_runs(string kind)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Options(kind).SqliteFile)!);
        await using (DbConnection connection = kind == "postgresql" ? new NpgsqlConnection(_connection) : new SqliteConnection($"Data Source={Options(kind).SqliteFile}"))
        {
            await connection.ExecuteAsync(LedgerSchema.Scripts[0]);
            await connection.ExecuteAsync(
                "insert into watermarks (dataset, value, contract_hash, version, run_id) values ('trees', '2026-11-22T02:30:15.123456Z', 'h', 'v', 'r')");
            await connection.ExecuteAsync(kind == "postgresql"
                ? "create table ledger_schema (version bigint not null); insert into ledger_schema (version) values (1)"
                : "PRAGMA user_version=1");
        }

        await using var ledger = await Open(kind);
        Assert.NotNull(await ledger.WatermarkAsync("trees", None));
        Assert.True(await ledger.PinAsync(new Pin("trees", V1, "lan", "why", _clock.GetUtcNow()), None));
        Assert.Single(await ledger.PinsAsync(null, None));
    }
}
