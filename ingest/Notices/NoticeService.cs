using Microsoft.Extensions.Logging;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Ingest.Sources;
using OpenData.Warehouse.Approvals;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Notices;

/// <summary>
/// Sees what people must be told, and tells them: what is noticed is written into the state database first, so a worker that dies loses nothing,
/// and what was delivered may come again under the same id.
/// </summary>
public sealed class NoticeService(
    NoticeOptions options, RunLedger ledger, IReadOnlyList<DatasetContract> datasets, WorkingCalendar calendar, SourceHttp http, TimeProvider clock, ILogger logger)
{
    private const int NoticesMax = 20;

    // Longer than all deliveries of one round take.
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    /// <summary>Looks and tells until the token ends it. A failure of one round is logged; the next one tries again.</summary>
    public async Task RunAsync(CancellationToken token)
    {
        if (options is { WebhookUrl: null, MailFolder: null })
        {
            return;
        }

        using var timer = new PeriodicTimer(Round, clock);
        try
        {
            do
            {
                try
                {
                    await WatchAsync(token);
                    await DeliverAsync(token);
                }
                catch (Exception failed) when (failed is not OperationCanceledException)
                {
                    // Whatever it was: people would hear of nothing any more, and nobody would see why.
                    NoticeLog.RoundFailed(logger, failed is OpenDataException silent ? silent.Code.Code : failed.GetType().Name);
                }
            }
            while (await timer.WaitForNextTickAsync(token));
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // The worker stops; what is on its way is delivered by the next one.
        }
    }

    /// <summary>Compares how every dataset stands with what was told of it.</summary>
    public async Task WatchAsync(CancellationToken token)
    {
        var told = await ledger.ToldAsync(token);
        var known = await ledger.FreshnessFactsAsync(calendar, token);
        foreach (var contract in datasets.Where(d => known.ContainsKey(d.Id)))
        {
            await JudgeAsync(contract, known[contract.Id], told.GetValueOrDefault(contract.Id), token);
        }

        foreach (var proposal in await ledger.ProposalsAsync(onlyOpen: true, token))
        {
            if (datasets.FirstOrDefault(d => d.Id == proposal.Dataset) is { } contract)
            {
                await ledger.TellOnceAsync(NoticeText.Of(proposal, contract.Title, clock.GetUtcNow()), token);
            }
        }

        foreach (var waiting in (await ledger.WaitingAsync(null, token)).Where(w => w.State == WaitingState.Waiting))
        {
            if (datasets.FirstOrDefault(d => d.Id == waiting.Dataset) is { } contract)
            {
                await ledger.TellOnceAsync(NoticeText.Of(waiting, contract.Title, clock.GetUtcNow()), token);
            }
        }
    }

    /// <summary>Delivers what is on its way and due.</summary>
    public async Task DeliverAsync(CancellationToken token)
    {
        foreach (var waiting in await ledger.ClaimNoticesAsync(Claim, NoticesMax, token))
        {
            token.ThrowIfCancellationRequested();
            var webhook = waiting.Webhook || options.WebhookUrl is null || await PostAsync(waiting.Notice, token);
            var mail = waiting.Mail || options.MailFolder is null || Mail(waiting.Notice);
            var next = webhook && mail ? null : NoticeRules.RetryAfter(waiting.Tries) is { } wait ? clock.GetUtcNow() + wait : (DateTimeOffset?)null;
            if (next is null && !(webhook && mail))
            {
                NoticeLog.GivenUp(logger, waiting.Notice.Id, waiting.Tries + 1);
            }

            await ledger.NoteDeliveryAsync(waiting.Notice.Id, webhook && options.WebhookUrl is not null, mail && options.MailFolder is not null, next, CancellationToken.None);
        }
    }

    private async Task JudgeAsync(DatasetContract contract, FreshnessFacts facts, string? told, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        IReadOnlyList<RunRecord> tries = facts.Ended is { Status: RunStatus.Succeeded or RunStatus.Unchanged } ? [] : await ledger.TriesInVainAsync(contract.Id, token);

        // A run that found another at work says nothing about the dataset, and one whose version waits for a person went well.
        var failures = tries.Count(t => t.CauseCode != LedgerErrors.DatasetBusy.Code && t.Status != RunStatus.Waiting);
        if (NoticeRules.StateOf(Freshness.Of(contract.Refresh, facts, now), facts, failures, options.AfterFailures) is not { } state || state == told)
        {
            return;
        }

        var notice = NoticeRules.KindOf(told, state) is { } kind
            ? NoticeText.Of(RunId.New(clock), kind, contract, ExplanationText.Of(contract, facts, tries, now), now)
            : null;
        await ledger.TellAsync(contract.Id, told, state, notice, token);
    }

    private async Task<bool> PostAsync(Notice notice, CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(Answer);
        try
        {
            using var request = WebhookMessage.Of(notice, options.WebhookUrl!, options.WebhookKey.Span, clock.GetUtcNow());
            using var response = await http.SendAsync(request, limit.Token);
            if (response.IsSuccessStatusCode)
            {
                return true;
            }

            NoticeLog.Refused(logger, notice.Id, (int)response.StatusCode);
        }
        catch (OpenDataException failed)
        {
            NoticeLog.NotSent(logger, notice.Id, failed.Code.Code);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            NoticeLog.NotSent(logger, notice.Id, SourceErrors.TooSlow.Code);
        }

        return false;
    }

    private bool Mail(Notice notice)
    {
        try
        {
            MailDrop.Write(notice, options.MailFolder!, options.MailFrom!, options.MailTo!);
            return true;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or System.Net.Mail.SmtpException or OpenDataException)
        {
            NoticeLog.NotDropped(logger, notice.Id, failed.GetType().Name);
            return false;
        }
    }
}
