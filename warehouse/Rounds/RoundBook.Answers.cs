using System.Data.Common;
using System.Text;
using Dapper;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Approvals;
using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Rounds;

/// <content>Answers: entered one by one against what the person saw, by file for a whole round, or by query.</content>
public sealed partial class RoundBook
{
    /// <summary>Enters one answer: the unit's own, a verified one, an appeal or the council's.</summary>
    /// <exception cref="OpenDataException">
    /// <see cref="RoundErrors.Stale"/> when somebody changed the answer after the person saw it; and every other code of stages, roles and answers.
    /// </exception>
    public Task<RoundEntry> EnterAsync(RoundActor actor, string round, EntryDraft draft, CancellationToken token)
        => Audit.RecordAsync(
            async (connection, transaction) =>
            {
                var found = await RequireAsync(connection, transaction, round, token);
                var action = ActionOf(draft.Kind);
                var unit = await RequireStepAsync(connection, transaction, actor, found, draft.Unit, action, token);
                RequireTime(found, unit.Unit, action, actor);
                var clean = Clean(draft);
                var component = AnswerRules.Require(found.FrozenFramework(), clean, isImported: false);
                var before = await EntriesAsync(connection, transaction, round, draft.Unit, long.MaxValue, token);
                RequireFresh(before, clean);
                RequireReason(before, clean, action, actor);
                await RequireEvidenceAsync(connection, transaction, found, clean, token);
                var entry = await AddAsync(connection, transaction, actor, found, clean, isImported: false, token);
                await Audit.AddAsync(
                    connection, transaction, actor.Name, "round." + RoundText.Of(action), $"{round} {draft.Unit} {component.Code}", Detail(entry), token);
                return entry;
            },
            token);

    /// <summary>Takes over the unit's own answers that nobody has verified since they were given, as they are. Returns how many.</summary>
    public Task<int> AcceptAsync(RoundActor actor, string round, string unit, IReadOnlyCollection<string>? components, CancellationToken token)
        => Audit.RecordAsync(
            async (connection, transaction) =>
            {
                var found = await RequireAsync(connection, transaction, round, token);
                await RequireStepAsync(connection, transaction, actor, found, unit, RoundAction.VerifyAnswer, token);
                var open = Unverified(await EntriesAsync(connection, transaction, round, unit, long.MaxValue, token))
                    .Where(e => components is null || components.Contains(e.Component)).ToList();
                foreach (var self in open)
                {
                    var draft = new EntryDraft(unit, EntryKind.Verified, self.Answer, self.Sequence) { Evidence = self.Evidence, Explanation = self.Explanation };
                    await AddAsync(connection, transaction, actor, found, draft, isImported: false, token);
                }

                await Audit.AddAsync(
                    connection, transaction, actor.Name, "round.accept", $"{round} {unit}", string.Join(' ', open.Select(e => e.Component)), token);
                return open.Count;
            },
            token);

    /// <summary>Enters the answers of a whole past round. All of them are taken or none; each is marked as imported and its unit needs no further decision.</summary>
    /// <returns>How many entries are new: an answer that stands already is not entered again.</returns>
    public Task<int> ImportAsync(RoundActor actor, string round, IReadOnlyList<EntryDraft> drafts, CancellationToken token)
        => Audit.RecordAsync(
            async (connection, transaction) =>
            {
                var found = await RequireAsync(connection, transaction, round, token);
                var framework = found.FrozenFramework();
                var latest = Latest(await EntriesAsync(connection, transaction, round, null, long.MaxValue, token));
                var added = 0;
                foreach (var ofUnit in drafts.GroupBy(d => d.Unit, StringComparer.Ordinal))
                {
                    var step = await RequireStepAsync(connection, transaction, actor, found, ofUnit.Key, RoundAction.Import, token);
                    var addedBefore = added;
                    foreach (var draft in ofUnit.Select(Clean))
                    {
                        AnswerRules.Require(framework, draft, isImported: true);
                        if (latest.TryGetValue((draft.Unit, draft.Answer.Component, draft.Kind), out var standing) && AnswerText.Same(standing.Answer, draft.Answer))
                        {
                            continue;
                        }

                        await AddAsync(connection, transaction, actor, found, draft, isImported: true, token);
                        added++;
                    }

                    if (added > addedBefore || step.Unit.Stage != step.To)
                    {
                        await MoveAsync(connection, transaction, actor, found, step, RoundAction.Import, "", token);
                    }
                }

                await Audit.AddAsync(connection, transaction, actor.Name, "round.import", round, $"{drafts.Count} answers, {added} new", token);
                return added;
            },
            token);

    /// <summary>
    /// Keeps what queries computed. Units whose stage no longer lets their numbers change are passed over, and so are numbers that come from the same
    /// versions as those that stand. Returns how many entries are new.
    /// </summary>
    public Task<int> RecordAutomaticAsync(RoundActor actor, string round, IReadOnlyList<EntryDraft> drafts, CancellationToken token)
        => Audit.RecordAsync(
            async (connection, transaction) =>
            {
                var found = await RequireAsync(connection, transaction, round, token);
                var framework = found.FrozenFramework();
                var latest = Latest(await EntriesAsync(connection, transaction, round, null, long.MaxValue, token));
                var added = 0;
                foreach (var ofUnit in drafts.GroupBy(d => d.Unit, StringComparer.Ordinal))
                {
                    var unit = await RequireUnitAsync(connection, transaction, round, ofUnit.Key, token);
                    var decision = StageRules.Of(unit.Stage, RoundAction.Compute, actor.Role);
                    if (decision.Refused == RoundErrors.WrongRole)
                    {
                        throw RoundFailures.Refused(RoundErrors.WrongRole, unit, RoundAction.Compute);
                    }

                    foreach (var draft in ofUnit.Where(_ => decision.To is not null && !unit.IsMerged))
                    {
                        AnswerRules.Require(framework, draft, isImported: true);
                        if (latest.TryGetValue((draft.Unit, draft.Answer.Component, EntryKind.Automatic), out var standing) && IsComputedAlready(standing, draft))
                        {
                            continue;
                        }

                        await AddAsync(connection, transaction, actor, found, draft, isImported: false, token);
                        added++;
                    }
                }

                var versions = drafts.SelectMany(d => d.Queries).Select(q => $"{q.Dataset} {q.Version}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
                await Audit.AddAsync(connection, transaction, actor.Name, "round.compute", round, $"{added} new; {string.Join(", ", versions)}", token);
                return added;
            },
            token);

    /// <summary>Pure: the unit's own answers that nobody has verified since they were given.</summary>
    public static IReadOnlyList<RoundEntry> Unverified(IReadOnlyList<RoundEntry> entries)
    {
        var latest = Latest(entries);
        return [.. latest.Values
            .Where(e => e.Kind == EntryKind.Self)
            .Where(e => !latest.TryGetValue((e.Unit, e.Component, EntryKind.Verified), out var verified) || verified.Sequence < e.Sequence)
            .OrderBy(e => e.Sequence)];
    }

    private static Dictionary<(string Unit, string Component, EntryKind Kind), RoundEntry> Latest(IReadOnlyList<RoundEntry> entries)
        => entries.GroupBy(e => (e.Unit, e.Component, e.Kind)).ToDictionary(g => g.Key, g => g.MaxBy(e => e.Sequence)!); // No group is empty.

    private static RoundAction ActionOf(EntryKind kind) => kind switch
    {
        EntryKind.Self => RoundAction.Answer,
        EntryKind.Verified => RoundAction.VerifyAnswer,
        EntryKind.Appeal => RoundAction.Appeal,
        EntryKind.Council => RoundAction.Adjust,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Automatic answers come from queries only."),
    };

    // Both databases give back what was compared and hashed.
    private static EntryDraft Clean(EntryDraft draft) => draft with { Explanation = Clean(draft.Explanation), Reason = Clean(draft.Reason) };

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(Rune.IsControl(rune) && rune.Value != '\n' ? " " : rune.ToString());
        }

        return clean.ToString().Trim().Normalize(NormalizationForm.FormC);
    }

    private static bool IsComputedAlready(RoundEntry standing, EntryDraft draft)
        => AnswerText.Same(standing.Answer, draft.Answer)
            && standing.Queries.Select(q => (q.Role, q.Dataset, q.Version, q.Query, q.Rows, q.Value)).Order()
                .SequenceEqual(draft.Queries.Select(q => (q.Role, q.Dataset, q.Version, q.Query, q.Rows, q.Value)).Order());

    private static void RequireFresh(IReadOnlyList<RoundEntry> entries, EntryDraft draft)
    {
        var newest = entries.Where(e => e.Component == draft.Answer.Component).Select(e => e.Sequence).DefaultIfEmpty(0).Max();
        if (newest != draft.Seen)
        {
            throw new OpenDataException(RoundErrors.Stale, new LocalText(
                $"Thành phần {draft.Answer.Component} vừa được người khác thay đổi; hãy xem lại rồi nhập tiếp.",
                $"Component {draft.Answer.Component} was changed by somebody else meanwhile; look at it and enter yours again."));
        }
    }

    private static void RequireReason(IReadOnlyList<RoundEntry> entries, EntryDraft draft, RoundAction action, RoundActor actor)
    {
        var self = entries.LastOrDefault(e => e.Component == draft.Answer.Component && e.Kind == EntryKind.Self);
        var differs = action == RoundAction.VerifyAnswer && (self is null || !AnswerText.Same(self.Answer, draft.Answer));
        if ((differs || StageRules.NeedsReason(action, actor.Role)) && draft.Reason.Length == 0)
        {
            throw RoundFailures.NoReason();
        }
    }

    private static async Task RequireEvidenceAsync(DbConnection connection, DbTransaction transaction, Round round, EntryDraft draft, CancellationToken token)
    {
        foreach (var id in draft.Evidence)
        {
            var owner = await connection.ExecuteScalarAsync<string>(new CommandDefinition(
                "select unit from round_evidence where round_id = @Round and id = @Id", new { Round = round.Id, Id = id }, transaction, cancellationToken: token));
            if (owner != draft.Unit)
            {
                throw new OpenDataException(RoundErrors.BadEvidence, new LocalText(
                    "Tài liệu kiểm chứng không thuộc đơn vị này.", "The evidence is not of this unit."));
            }
        }
    }

    private async Task<RoundEntry> AddAsync(
        DbConnection connection, DbTransaction transaction, RoundActor actor, Round round, EntryDraft draft, bool isImported, CancellationToken token)
    {
        var entry = new RoundEntry(
            round.Id, await NextAsync(connection, transaction, round.Id, token), draft.Unit, draft.Kind, draft.Answer, actor.Name, actor.Role, LedgerTime.FromText(Now))
        {
            Explanation = draft.Explanation,
            Reason = draft.Reason,
            Evidence = draft.Evidence,
            IsImported = isImported,
            Queries = draft.Queries,
        };
        await DoAsync(connection, transaction, EntryRow.Insert, EntryRow.Of(entry), token);
        foreach (var query in entry.Queries)
        {
            await DoAsync(connection, transaction, QueryRow.Insert, QueryRow.Of(entry, query), token);
        }

        return entry;
    }

    // Entries and steps share one count, so that a publication can name the last change that it holds.
    private static async Task<long> NextAsync(DbConnection connection, DbTransaction transaction, string round, CancellationToken token)
        => await LastAsync(connection, transaction, round, token) + 1;

    private static Task<long> LastAsync(DbConnection connection, DbTransaction transaction, string round, CancellationToken token)
        => connection.ExecuteScalarAsync<long>(new CommandDefinition(
            """
            select max(sequence) from (
                select coalesce(max(sequence), 0) as sequence from round_entries where round_id = @Round
                union all select coalesce(max(sequence), 0) from round_stages where round_id = @Round) as changes
            """,
            new { Round = round },
            transaction,
            cancellationToken: token));

    private static string Detail(RoundEntry entry) => entry.Reason.Length == 0 ? AnswerText.Line(entry.Answer) : $"{AnswerText.Line(entry.Answer)}: {entry.Reason}";

    /// <summary>The unit and where the action leads it, when stage, role and person let it be done.</summary>
    private static async Task<Step> RequireStepAsync(
        DbConnection connection, DbTransaction transaction, RoundActor actor, Round round, string code, RoundAction action, CancellationToken token)
    {
        var unit = await RequireUnitAsync(connection, transaction, round.Id, code, token);
        if (!actor.Reaches(code))
        {
            throw RoundFailures.Refused(RoundErrors.WrongRole, unit, action);
        }

        var decision = StageRules.Of(unit.Stage, action, actor.Role);
        if (decision.Refused is { } refused)
        {
            throw RoundFailures.Refused(refused, unit, action);
        }

        if (unit.IsMerged)
        {
            throw new OpenDataException(RoundErrors.WrongStage, new LocalText(
                $"Giá trị của đơn vị {code} là trung bình của các đơn vị tiền thân; đơn vị không có câu trả lời riêng.",
                $"The values of unit {code} are the mean of its predecessors'; it has no answers of its own."));
        }

        if (actor.Role is RoundRole.Verifier or RoundRole.Council && await AnsweredAsync(connection, transaction, actor, round, code, token))
        {
            throw new OpenDataException(RoundErrors.OwnUnit, new LocalText(
                $"Bạn đã trả lời thay cho đơn vị {code} nên không thẩm định đơn vị này được.",
                $"You answered for unit {code}; somebody else has to judge it."));
        }

        return new Step(unit, decision.To!.Value); // It was not refused.
    }

    private static async Task<bool> AnsweredAsync(
        DbConnection connection, DbTransaction transaction, RoundActor actor, Round round, string unit, CancellationToken token)
        => (await connection.QueryAsync<string>(new CommandDefinition(
            """
            select distinct actor from round_entries where round_id = @Round and unit = @Unit and kind in ('self', 'appeal') and is_imported = 0
            union select actor from round_stages where round_id = @Round and unit = @Unit and action = 'submit'
            """,
            new { Round = round.Id, Unit = unit },
            transaction,
            cancellationToken: token))).Any(name => PersonName.IsSame(name, actor.Name));

    private sealed record Step(RoundUnit Unit, UnitStage To);
}
