using System.Data.Common;
using Dapper;
using OpenData.Catalogs;

namespace OpenData.Warehouse.Ledger;

/// <content>What people outside are told: what was told last of every dataset, and the notices on their way.</content>
public sealed partial class RunLedger
{
    /// <summary>What was told last of each dataset: <c>fine</c>, <c>failing</c> or <c>late</c>. Datasets never judged are not in it.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ToldAsync(CancellationToken token)
        => (await QueryAsync<ToldRow>("select dataset as Dataset, told as Told from notice_states", new { }, token))
            .ToDictionary(r => r.Dataset, r => r.Told, StringComparer.Ordinal);

    /// <summary>
    /// Notes what is told of a dataset, with the notice that tells it. False when another worker was first: of one change there is one notice.
    /// </summary>
    /// <param name="dataset">Dataset id.</param>
    /// <param name="before">What was told before, as <see cref="ToldAsync"/> said; null for nothing.</param>
    /// <param name="now">What is told now.</param>
    /// <param name="notice">The notice; null when the change is none that people are told.</param>
    /// <param name="token">Ends the wait.</param>
    public Task<bool> TellAsync(string dataset, string? before, string now, Notice? notice, CancellationToken token)
        => _database.WriteAsync(
            async (connection, transaction) =>
            {
                var changed = await connection.ExecuteAsync(new CommandDefinition(
                    before is null
                        ? "insert into notice_states (dataset, told) values (@Dataset, @Now) on conflict (dataset) do nothing"
                        : "update notice_states set told = @Now where dataset = @Dataset and told = @Before",
                    new { Dataset = dataset, Now = now, Before = before },
                    transaction,
                    cancellationToken: token));
                return changed == 1 && (notice is null || await AddNoticeAsync(connection, transaction, notice, token));
            },
            token);

    /// <summary>Adds a notice of something that happens once. False when there is one of that id, delivered or not.</summary>
    public async Task<bool> TellOnceAsync(Notice notice, CancellationToken token)
        // Asked every few seconds as long as the thing lasts: a look does not wait for the writers.
        => await QueryAsync<int>("select 1 from notices where id = @Id", new { notice.Id }, token) is []
            && await _database.WriteAsync((connection, transaction) => AddNoticeAsync(connection, transaction, notice, token), token);

    /// <summary>
    /// Takes up notices whose time has come: until <paramref name="claim"/> is over no other worker takes them, and then they are taken again
    /// unless their delivery was noted.
    /// </summary>
    public async Task<IReadOnlyList<WaitingNotice>> ClaimNoticesAsync(TimeSpan claim, int noticesMax, CancellationToken token)
    {
        var now = _clock.GetUtcNow();
        var values = new { Now = LedgerTime.ToText(now), Until = LedgerTime.ToText(now + claim), Limit = noticesMax };
        if (await QueryAsync<int>("select 1 from notices where next_try_at <= @Now limit 1", values, token) is [])
        {
            // Asked every few seconds: a look does not wait for the writers.
            return [];
        }

        return await _database.WriteAsync<IReadOnlyList<WaitingNotice>>(
            async (connection, transaction) =>
            [
                .. (await connection.QueryAsync<NoticeRow>(new CommandDefinition(
                    $"""
                    update notices set next_try_at = @Until, tries = tries + 1
                    where next_try_at <= @Now and id in (select id from notices where next_try_at <= @Now order by at, id limit @Limit)
                    returning {NoticeRow.Columns}
                    """,
                    values,
                    transaction,
                    cancellationToken: token))).Select(r => r.ToWaiting()).OrderBy(w => w.Notice.At),
            ],
            token);
    }

    /// <summary>Notes how far a notice came.</summary>
    /// <param name="id">Id of the notice.</param>
    /// <param name="webhook">True when the webhook has it.</param>
    /// <param name="mail">True when the mail folder has it.</param>
    /// <param name="next">When it is tried again; null when everybody has it, or it is given up.</param>
    /// <param name="token">Ends the wait.</param>
    public Task NoteDeliveryAsync(string id, bool webhook, bool mail, DateTimeOffset? next, CancellationToken token)
        => ExecuteAsync(
            """
            update notices set next_try_at = @Next,
                webhook_at = case when @Webhook = 1 then coalesce(webhook_at, @Now) else webhook_at end,
                mail_at = case when @Mail = 1 then coalesce(mail_at, @Now) else mail_at end
            where id = @Id
            """,
            new
            {
                Id = id,
                Webhook = webhook ? 1 : 0,
                Mail = mail ? 1 : 0,
                Now = LedgerTime.ToText(_clock.GetUtcNow()),
                Next = next is { } at ? LedgerTime.ToText(at) : null,
            },
            token);

    private static async Task<bool> AddNoticeAsync(DbConnection connection, DbTransaction transaction, Notice notice, CancellationToken token)
        => await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into notices (id, kind, dataset, at, title_vi, title_en, text_vi, text_en, tries, next_try_at)
            values (@Id, @Kind, @Dataset, @At, @TitleVi, @TitleEn, @TextVi, @TextEn, 0, @At) on conflict (id) do nothing
            """,
            new
            {
                notice.Id,
                notice.Kind,
                notice.Dataset,
                At = LedgerTime.ToText(notice.At),
                TitleVi = notice.Title.Vi,
                TitleEn = notice.Title.En,
                TextVi = notice.Text.Vi,
                TextEn = notice.Text.En,
            },
            transaction,
            cancellationToken: token)) == 1;

    private sealed class ToldRow
    {
        public string Dataset { get; set; } = "";

        public string Told { get; set; } = "";
    }

    private sealed class NoticeRow
    {
        internal const string Columns = """
            id as Id, kind as Kind, dataset as Dataset, at as At, title_vi as TitleVi, title_en as TitleEn, text_vi as TextVi, text_en as TextEn,
            tries as Tries, webhook_at as WebhookAt, mail_at as MailAt
            """;

        public string Id { get; set; } = "";

        public string Kind { get; set; } = "";

        public string Dataset { get; set; } = "";

        public string At { get; set; } = "";

        public string TitleVi { get; set; } = "";

        public string TitleEn { get; set; } = "";

        public string TextVi { get; set; } = "";

        public string TextEn { get; set; } = "";

        public long Tries { get; set; }

        public string? WebhookAt { get; set; }

        public string? MailAt { get; set; }

        internal WaitingNotice ToWaiting() => new(
            new Notice(Id, Kind, Dataset, LedgerTime.FromText(At), new LocalText(TitleVi, TitleEn), new LocalText(TextVi, TextEn)),
            (int)Tries - 1,
            WebhookAt is not null,
            MailAt is not null);
    }
}
