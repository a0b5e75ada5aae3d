using OpenData.TestKit;
using OpenData.Warehouse.Audit;
using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Tests.Ledger;

/// <summary>What the audit log promises.</summary>
public sealed class AuditLogTests(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private readonly TestFolder _folder = new();

    [Theory]
    [LedgerKinds]
    public async Task Any_changed_removed_moved_or_cut_line_is_found(string kind)
    {
        var options = new LedgerOptions(_folder.Path) { ConnectionString = kind == "postgresql" ? server.NewDatabase() : null };
        await using var ledger = await RunLedger.OpenAsync(options, new ManualClock(), CancellationToken.None);
        for (var i = 0; i < 12; i++)
        {
            await ledger.Audit.AppendAsync("lan", "thử", $"việc {i}", "a\nb \"c\"", CancellationToken.None);
        }

        var report = await ledger.Audit.VerifyAsync(CancellationToken.None);
        Assert.Equal((12, 0), (report.Lines, report.Findings.Count));
        var lines = await File.ReadAllLinesAsync(options.AuditFile);
        var entries = (await ledger.Audit.ListAsync(new AuditFilter(100), CancellationToken.None)).Reverse().ToList();
        Assert.Empty(Check(entries, lines));
        for (var i = 0; i < entries.Count; i++)
        {
            var (at, e) = (i, entries[i]);
            foreach (var changed in new[] { e with { Actor = "x" }, e with { Action = "x" }, e with { Subject = "x" }, e with { Detail = "x" }, e with { At = e.At.AddTicks(10) }, e with { Hash = AuditText.Origin } })
            {
                Assert.NotEmpty(Check([.. entries.Select((x, n) => n == at ? changed : x)], lines));
            }

            Assert.NotEmpty(Check([.. entries.Where((_, n) => n != at)], lines));
            Assert.NotEmpty(Check([.. entries.Take(at)], lines));
            Assert.NotEmpty(Check(entries, [.. lines.Where((_, n) => n != at)]));
            Assert.NotEmpty(Check(entries, [.. lines.Take(at)]));
            Assert.NotEmpty(Check(entries, [.. lines.Select((x, n) => n == at ? x.Replace("lan", "lam", StringComparison.Ordinal) : x)]));
            if (at > 0)
            {
                var moved = entries.ToList();
                (moved[at], moved[at - 1]) = (e with { Number = at }, entries[at - 1] with { Number = at + 1 });
                Assert.NotEmpty(Check([.. moved.OrderBy(x => x.Number)], lines));
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    private static IReadOnlyList<AuditFinding> Check(IReadOnlyList<AuditEntry> entries, IReadOnlyList<string> lines)
    {
        var chain = new AuditChain();
        for (var i = 0; i < entries.Count; i++)
        {
            chain.Next(entries[i], i < lines.Count ? lines[i] : null);
        }

        return chain.End(entries.Count < lines.Count ? lines[entries.Count] : null).Findings;
    }
}
