using System.CommandLine;
using System.Globalization;
using OpenData.Warehouse.Audit;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Commands;

/// <summary><c>audit list</c> and <c>audit verify</c>.</summary>
internal static class AuditCommand
{
    internal static Command Make(CommandBody body)
    {
        var limit = LimitOption.Make();
        var list = new Command("list", "List the latest lines of the audit log, newest first.") { limit };
        list.SetAction((parsed, token) => body((context, stop) => ListAsync(context, parsed.GetValue(limit), stop), token));
        var verify = new Command("verify", "Check the whole audit log and the file beside it.");
        verify.SetAction((_, token) => body(VerifyAsync, token));
        return new Command("audit", "Who did what and when.") { list, verify };
    }

    private static async Task<int> ListAsync(CommandContext context, int limit, CancellationToken token)
    {
        await using var ledger = await RunLedger.OpenAsync(context.Settings.Ledger, context.Clock, token);
        foreach (var entry in await ledger.Audit.ListAsync(new AuditFilter(limit), token))
        {
            var at = entry.At.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            await context.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{entry.Number}  {at}  {entry.Actor}  {entry.Action}  {entry.Subject}  {entry.Detail}"));
        }

        return ExitCodes.Good;
    }

    private static async Task<int> VerifyAsync(CommandContext context, CancellationToken token)
    {
        await using var ledger = await RunLedger.OpenAsync(context.Settings.Ledger, context.Clock, token);
        var report = await ledger.Audit.VerifyAsync(token);
        foreach (var finding in report.Findings)
        {
            await context.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"line {finding.Number}: {finding.Fault}"));
        }

        await context.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{report.Lines} lines verified; {report.Findings.Count} findings; head {report.Head}"));
        return report.Findings.Count == 0 ? ExitCodes.Good : ExitCodes.SomeFailed;
    }
}
