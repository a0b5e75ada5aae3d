using OpenData.Warehouse.Audit;

namespace OpenData.Warehouse.Tests.Ledger;

/// <content>The audit log.</content>
public sealed partial class RunLedgerTests
{
    [Theory]
    [LedgerKinds]
    public async Task The_log_is_read_while_lines_are_added(string kind)
    {
        await using var ledger = await Open(kind);
        var options = Options(kind);
        await ledger.Audit.AppendAsync("lan", "first", "", "", None);
        var adding = Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await ledger.Audit.AppendAsync("lan", "note", $"{i}", "", None);
            }
        });
        var looks = 0;
        for (; !adding.IsCompleted; looks++)
        {
            await using var file = new FileStream(options.AuditFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Assert.True(file.Length > 0);
        }

        await adding;
        Assert.True(looks > 100);
        Assert.Equal((101, 0), ((await ledger.Audit.VerifyAsync(None)) is var report ? report.Lines : 0, report.Findings.Count));
    }

    [Theory]
    [LedgerKinds]
    public async Task Any_changed_removed_moved_or_cut_line_is_found(string kind)
    {
        await using var ledger = await Open(kind);
        var options = Options(kind);
        for (var i = 0; i < 12; i++)
        {
            await ledger.Audit.AppendAsync("lan", "thử", $"việc {i}", "a\nb \"c\"", None);
        }

        var report = await ledger.Audit.VerifyAsync(None);
        Assert.Equal((12, 0), (report.Lines, report.Findings.Count));
        var lines = await File.ReadAllLinesAsync(options.AuditFile);
        var entries = (await ledger.Audit.ListAsync(new AuditFilter(100), None)).Reverse().ToList();
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

    private static IReadOnlyList<AuditFinding> Check(List<AuditEntry> entries, string[] lines)
    {
        var chain = new AuditChain();
        for (var i = 0; i < entries.Count; i++)
        {
            chain.Next(entries[i], i < lines.Length ? lines[i] : null);
        }

        return chain.End(entries.Count < lines.Length ? lines[entries.Count] : null).Findings;
    }
}
