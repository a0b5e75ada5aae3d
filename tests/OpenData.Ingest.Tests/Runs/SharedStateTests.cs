using OpenData.Ingest.Tests.Commands;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Tests.Runs;

/// <summary>Several programs on one state database, as portal, worker and command line are.</summary>
public sealed class SharedStateTests
{
    [Fact]
    public async Task A_program_that_comes_and_goes_never_takes_the_log_of_the_state_database_away_from_those_at_work()
    {
        using var place = new Workplace();
        place.Contract("units", $"{{ kind: csv, path: {place.Write("in/units.csv", "id,name\n1,Phổ Yên\n")} }}");
        await using var first = await RunLedger.OpenAsync(place.Settings.Ledger, TimeProvider.System, CancellationToken.None);
        await first.AskAsync("units", "lan", false, CancellationToken.None);

        // The same program opens it once more, as the portal does for accounts, rounds and the audit log.
        await using var second = await RunLedger.OpenAsync(place.Settings.Ledger, TimeProvider.System, CancellationToken.None);
        for (var i = 1; i <= 3; i++)
        {
            // Another program reads, writes and ends: were it the last one to have the database open, SQLite would remove its log.
            place.Write("in/units.csv", $"id,name\n1,Phổ Yên {i}\n");
            var run = await IngestProcess.Run(place, null, "run", "units");
            Assert.True(run.Code == 0, run.Error);
            Assert.True(File.Exists(place.Settings.Ledger.SqliteFile + "-wal"), "The log is gone while the database is in use.");
            Assert.Equal(i, (await first.ListAsync("units", null, 100, CancellationToken.None)).Count);

            // And what is written here is seen by the next that comes.
            var id = RunId.New(TimeProvider.System);
            await first.StartAsync(new RunStart(id, "other", "command", TimeProvider.System.GetUtcNow(), WorkerIdentity.Current), CancellationToken.None);
            await first.FinishAsync(id, new RunEnd(RunStatus.Unchanged), CancellationToken.None);
            Assert.Contains(id, (await IngestProcess.Run(place, null, "runs", "other")).Output, StringComparison.Ordinal);
        }
    }
}
