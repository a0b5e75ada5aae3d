using System.Data.Common;
using Dapper;

namespace OpenData.Warehouse.Ledger;

/// <content>What a run says while it is at work: how far it is, and the lines of its log.</content>
public sealed partial class RunLedger
{
    /// <summary>Notes how far a run has got, and adds the lines that it wrote meanwhile. Without effect on a run that has ended.</summary>
    public Task NoteProgressAsync(ProgressNote progress, IReadOnlyList<RunLine> lines, CancellationToken token)
        => _database.WriteAsync(
            async (connection, transaction) =>
            {
                var noted = await connection.ExecuteAsync(new CommandDefinition(
                    """
                    insert into run_progress (run_id, step, step_started_at, noted_at, records, bytes)
                    select @RunId, @Step, @StepStartedAt, @NotedAt, @Records, @Bytes from runs where id = @RunId and status = 'started'
                    on conflict (run_id) do update set step = excluded.step, step_started_at = excluded.step_started_at,
                        noted_at = excluded.noted_at, records = excluded.records, bytes = excluded.bytes
                    """,
                    new
                    {
                        progress.RunId,
                        progress.Step,
                        StepStartedAt = LedgerTime.ToText(progress.StepStartedAt),
                        NotedAt = LedgerTime.ToText(progress.NotedAt),
                        progress.Records,
                        progress.Bytes,
                    },
                    transaction,
                    cancellationToken: token));
                if (noted == 1)
                {
                    await AddLinesAsync(connection, transaction, progress.RunId, lines, token);
                }

                return noted;
            },
            token);

    /// <summary>Adds lines to the log of a run.</summary>
    public Task AddLinesAsync(string runId, IReadOnlyList<RunLine> lines, CancellationToken token)
        => lines.Count == 0 ? Task.CompletedTask : _database.WriteAsync(
            async (connection, transaction) =>
            {
                await AddLinesAsync(connection, transaction, runId, lines, token);
                return true;
            },
            token);

    /// <summary>How far the runs at work have got, by run. Runs that began within moments are not in it yet.</summary>
    public async Task<IReadOnlyDictionary<string, ProgressNote>> ProgressAsync(CancellationToken token)
    {
        var rows = await QueryAsync<ProgressRow>(
            """
            select run_id as RunId, step as Step, step_started_at as StepStartedAt, noted_at as NotedAt, records as Records, bytes as Bytes
            from run_progress
            """,
            new { },
            token);
        return rows.ToDictionary(
            r => r.RunId,
            r => new ProgressNote(r.RunId, r.Step, LedgerTime.FromText(r.StepStartedAt), LedgerTime.FromText(r.NotedAt), r.Records, r.Bytes),
            StringComparer.Ordinal);
    }

    /// <summary>The log of a run, in order.</summary>
    public async Task<IReadOnlyList<RunLine>> LinesAsync(string runId, CancellationToken token)
    {
        var rows = await QueryAsync<LineRow>(
            "select at as At, level as Level, line as Line from run_lines where run_id = @RunId order by ordinal", new { RunId = runId }, token);
        return [.. rows.Select(r => new RunLine(LedgerTime.FromText(r.At), r.Level, r.Line))];
    }

    private static async Task AddLinesAsync(
        DbConnection connection, DbTransaction transaction, string runId, IReadOnlyList<RunLine> lines, CancellationToken token)
    {
        foreach (var line in lines)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                """
                insert into run_lines (run_id, ordinal, at, level, line)
                select @RunId, count(*) + 1, @At, @Level, @Text from run_lines where run_id = @RunId
                """,
                new { RunId = runId, At = LedgerTime.ToText(line.At), line.Level, line.Text },
                transaction,
                cancellationToken: token));
        }
    }

    private sealed class ProgressRow
    {
        public string RunId { get; set; } = "";

        public string Step { get; set; } = "";

        public string StepStartedAt { get; set; } = "";

        public string NotedAt { get; set; } = "";

        public long? Records { get; set; }

        public long? Bytes { get; set; }
    }

    private sealed class LineRow
    {
        public string At { get; set; } = "";

        public string Level { get; set; } = "";

        public string Line { get; set; } = "";
    }
}
