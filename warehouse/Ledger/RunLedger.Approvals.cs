using System.Data.Common;
using Dapper;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Accounts;
using OpenData.Warehouse.Approvals;

namespace OpenData.Warehouse.Ledger;

/// <content>What approvers decide. The rule of four eyes is kept here, whoever asks: a page, a command or a program.</content>
public sealed partial class RunLedger
{
    /// <summary>
    /// Approves a version, or gives an approved one another time; the audit log says who did. It is published by a worker when its time has come.
    /// </summary>
    /// <param name="runId">The run that made it.</param>
    /// <param name="actor">Who approves: name of an account, or <c>cli:user</c>.</param>
    /// <param name="notBefore">When it is published; null means as soon as the contract lets it.</param>
    /// <param name="token">Ends the wait.</param>
    /// <exception cref="OpenDataException">OD2437: the person asked for the version, or is no approver; OD2438: nothing waits under that name.</exception>
    public Task<WaitingVersion> ApproveAsync(string runId, string actor, DateTimeOffset? notBefore, CancellationToken token)
        => DecideWaitingAsync(
            runId,
            actor,
            waiting => waiting with
            {
                State = WaitingState.Approved,
                NotBefore = waiting.EarliestAt is { } earliest && (notBefore is null || notBefore < earliest) ? earliest : notBefore,
            },
            "approval.approve",
            token);

    /// <summary>Turns a version down, also an approved one that has not gone out; the audit log says who did.</summary>
    /// <param name="runId">The run that made it.</param>
    /// <param name="actor">Who decides: name of an account, or <c>cli:user</c>.</param>
    /// <param name="reason">Why.</param>
    /// <param name="token">Ends the wait.</param>
    /// <exception cref="OpenDataException">OD2437: the person asked for the version, or is no approver; OD2438: nothing waits under that name.</exception>
    public Task<WaitingVersion> RejectAsync(string runId, string actor, string reason, CancellationToken token)
        => DecideWaitingAsync(runId, actor, waiting => waiting with { State = WaitingState.Rejected, Reason = reason }, "approval.reject", token);

    private Task<WaitingVersion> DecideWaitingAsync(
        string runId, string actor, Func<WaitingVersion, WaitingVersion> decision, string action, CancellationToken token)
        => Audit.RecordAsync(
            async (connection, transaction) =>
            {
                var row = await connection.QueryFirstOrDefaultAsync<WaitingRow>(new CommandDefinition(
                    $"{WaitingRow.Select} where run_id = @RunId", new { RunId = runId }, transaction, cancellationToken: token));
                var waiting = row?.ToVersion() ?? throw NothingWaits();
                await RequireOtherPersonAsync(connection, transaction, waiting, actor, token);
                var now = _clock.GetUtcNow();
                var decided = decision(waiting) with { DecidedBy = actor, DecidedAt = now };
                var changed = await DoAsync(
                    connection,
                    transaction,
                    """
                    update waiting_versions set state = @State, not_before = @NotBefore, decided_by = @By, decided_at = @At, reason = @Reason
                    where run_id = @RunId and state in ('waiting', 'approved')
                    """,
                    new
                    {
                        RunId = runId,
                        State = Text(decided.State),
                        NotBefore = decided.NotBefore is { } at ? LedgerTime.ToText(at) : null,
                        By = actor,
                        At = LedgerTime.ToText(now),
                        decided.Reason,
                    },
                    token);
                if (changed == 0)
                {
                    throw NothingWaits();
                }

                if (decided.State == WaitingState.Rejected)
                {
                    await FinishAsync(connection, transaction, runId, ApprovalEnds.Of(WaitingState.Rejected), now, token, from: RunStatus.Waiting);
                }

                var detail = decided.State == WaitingState.Rejected ? decided.Reason
                    : decided.NotBefore is { } time ? "not before " + LedgerTime.ToText(time)
                    : null;
                await Audit.AddAsync(connection, transaction, actor, action, $"{waiting.Dataset} {runId}", detail ?? "", token);
                return decided;
            },
            token);

    private static async Task RequireOtherPersonAsync(
        DbConnection connection, DbTransaction transaction, WaitingVersion waiting, string actor, CancellationToken token)
    {
        if (waiting.ProposedBy.Any(p => PersonName.IsSame(p, actor)))
        {
            throw new OpenDataException(ApprovalErrors.NotYours, new LocalText(
                "Bạn là người đã yêu cầu phiên bản này, nên người khác phải quyết định.", "You asked for this version, so another person must decide on it."));
        }

        // Whoever has the command line has the data folder; accounts need the role, at this moment.
        if (!PersonName.IsOfCommandLine(actor))
        {
            var account = await connection.QueryFirstOrDefaultAsync<AccountRow>(new CommandDefinition(
                $"{AccountRow.Select} where a.name_key = @Key", new { Key = AccountName.KeyOf(actor) ?? "" }, transaction, cancellationToken: token));
            if (account is not { DisabledAt: null } || !AccountRoles.Of(account.Roles).Contains(AccountRole.Approver))
            {
                throw new OpenDataException(ApprovalErrors.NotYours, new LocalText(
                    "Chỉ người phê duyệt được quyết định về phiên bản đang chờ.", "Only an approver decides on versions that wait."));
            }
        }
    }

    private static OpenDataException NothingWaits() => new(ApprovalErrors.NothingWaits, new LocalText(
        "Không có phiên bản nào đang chờ mang mã này, hoặc đã được quyết định.", "No version waits under that name, or it is decided."));
}
