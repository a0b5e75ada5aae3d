using System.Security.Cryptography;
using System.Text;
using OpenData.Warehouse.Staging;

namespace OpenData.Warehouse.Ledger;

/// <content>Proposed changes of contracts: found by runs, decided by people.</content>
public sealed partial class RunLedger
{
    private const string ProposalColumns = """
        id as Id, dataset as Dataset, run_id as RunId, found_at as FoundAt, kind as Kind, source_name as SourceName, column_name as ColumnName,
        change_text as ChangeText, remark as Remark, status as Status, decided_by as DecidedBy, decided_at as DecidedAt, reason as Reason
        """;

    /// <summary>Stores a change that a run found. False when it is open already or was declined; one that had become obsolete is open again.</summary>
    public async Task<bool> ProposeAsync(string dataset, string runId, ProposedChange change, CancellationToken token)
        => await ExecuteAsync(
            """
            insert into proposals (id, dataset, run_id, found_at, kind, source_name, column_name, change_text, remark, status)
            values (@Id, @Dataset, @RunId, @FoundAt, @Kind, @Source, @Column, @Text, @Remark, 'open')
            on conflict (id) do update set run_id = excluded.run_id, found_at = excluded.found_at, change_text = excluded.change_text,
                remark = excluded.remark, status = 'open', decided_by = null, decided_at = null, reason = null
            where proposals.status in ('obsolete', 'accepted')
            """,
            new
            {
                Id = ProposalId(dataset, change),
                Dataset = dataset,
                RunId = runId,
                FoundAt = LedgerTime.ToText(_clock.GetUtcNow()),
                change.Kind,
                change.Source,
                change.Column,
                change.Text,
                change.Remark,
            },
            token) == 1;

    /// <summary>Proposals, oldest first.</summary>
    /// <param name="onlyOpen">True leaves out those that are decided.</param>
    /// <param name="token">Ends the wait.</param>
    public async Task<IReadOnlyList<Proposal>> ProposalsAsync(bool onlyOpen, CancellationToken token)
    {
        var rows = await QueryAsync<ProposalRow>(
            $"select {ProposalColumns} from proposals where status = 'open' or @All = 1 order by found_at, id", new { All = onlyOpen ? 0 : 1 }, token);
        return [.. rows.Select(r => r.ToProposal())];
    }

    /// <summary>The proposal of that id, or null.</summary>
    public async Task<Proposal?> ProposalAsync(string id, CancellationToken token)
        => await QueryAsync<ProposalRow>($"select {ProposalColumns} from proposals where id = @Id", new { Id = id }, token) is [var row, ..]
            ? row.ToProposal()
            : null;

    /// <summary>Decides an open proposal; the audit log says who did. False when it is not open any more.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="status"><c>accepted</c>, <c>declined</c> or <c>obsolete</c>.</param>
    /// <param name="by">Who decided.</param>
    /// <param name="reason">Why; null when nobody said.</param>
    /// <param name="token">Ends the wait.</param>
    public Task<bool> DecideProposalAsync(string id, string status, string by, string? reason, CancellationToken token)
        => DecideAsync(
            "update proposals set status = @Status, decided_by = @By, decided_at = @At, reason = @Reason where id = @Id and status = 'open'",
            new { Id = id, Status = status, By = by, At = LedgerTime.ToText(_clock.GetUtcNow()), Reason = reason },
            new AuditLine(by, "proposal." + status, id, reason ?? ""),
            token);

    // The guessed type is no part of it: a sample of another day must not bring a declined column back.
    private static string ProposalId(string dataset, ProposedChange change)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{dataset}\n{change.Kind}\n{change.Source}")))[..12];

    private sealed class ProposalRow
    {
        public string Id { get; set; } = "";

        public string Dataset { get; set; } = "";

        public string RunId { get; set; } = "";

        public string FoundAt { get; set; } = "";

        public string Kind { get; set; } = "";

        public string SourceName { get; set; } = "";

        public string ColumnName { get; set; } = "";

        public string ChangeText { get; set; } = "";

        public string? Remark { get; set; }

        public string Status { get; set; } = "";

        public string? DecidedBy { get; set; }

        public string? DecidedAt { get; set; }

        public string? Reason { get; set; }

        internal Proposal ToProposal() => new(
            Id,
            Dataset,
            RunId,
            LedgerTime.FromText(FoundAt),
            new ProposedChange(Kind, SourceName, ColumnName, ChangeText, Remark),
            Status,
            DecidedBy,
            LedgerTime.FromTextOrNull(DecidedAt),
            Reason);
    }
}
