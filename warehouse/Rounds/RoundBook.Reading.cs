using System.Data.Common;
using Dapper;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Rounds;

/// <content>What the book knows. Who may see it is decided by who asks: drafts are shown to their roles only.</content>
public sealed partial class RoundBook
{
    /// <summary>Every round, the latest opened first.</summary>
    public async Task<IReadOnlyList<Round>> ListAsync(CancellationToken token)
        => [.. (await QueryAsync<RoundRow>($"{RoundRow.Select} order by opened_at desc, id desc", new { }, token)).Select(r => r.ToRound())];

    /// <summary>A round; null when there is none.</summary>
    public async Task<Round?> FindAsync(string id, CancellationToken token)
        => await QueryAsync<RoundRow>($"{RoundRow.Select} where id = @Id", new { Id = id }, token) is [var row] ? row.ToRound() : null;

    /// <summary>Every version of a framework that a round has frozen, each once.</summary>
    public async Task<IReadOnlyList<FrozenFramework>> FrozenAsync(CancellationToken token)
        => [.. (await ListAsync(token))
            .Reverse()
            .DistinctBy(r => (r.Framework, r.FrameworkVersion))
            .Select(r => new FrozenFramework(r.Framework, r.FrameworkVersion, r.FactsHash, r.Id))];

    /// <summary>The units of a round, in the order of their file.</summary>
    public async Task<IReadOnlyList<RoundUnit>> UnitsAsync(string round, CancellationToken token)
        => [.. (await QueryAsync<RoundUnitRow>($"{RoundUnitRow.Select} where round_id = @Round order by ordinal", new { Round = round }, token)).Select(r => r.ToUnit())];

    /// <summary>The entries of a round, oldest first.</summary>
    /// <param name="round">The round.</param>
    /// <param name="unit">Only of this unit; null means all.</param>
    /// <param name="token">Ends the wait.</param>
    public Task<IReadOnlyList<RoundEntry>> EntriesAsync(string round, string? unit, CancellationToken token) => EntriesAsync(round, unit, long.MaxValue, token);

    /// <summary>The steps of the work, oldest first.</summary>
    /// <param name="round">The round.</param>
    /// <param name="unit">Only of this unit; null means all.</param>
    /// <param name="token">Ends the wait.</param>
    public async Task<IReadOnlyList<StageChange>> HistoryAsync(string round, string? unit, CancellationToken token)
        => [.. (await QueryAsync<StageRow>(
            $"{StageRow.Select} where round_id = @Round and unit = coalesce(@Unit, unit) order by sequence", new { Round = round, Unit = unit }, token)).Select(r => r.ToChange())];

    /// <summary>The evidence of a round, oldest first.</summary>
    public async Task<IReadOnlyList<RoundEvidence>> EvidenceAsync(string round, CancellationToken token)
        => [.. (await QueryAsync<EvidenceRow>($"{EvidenceRow.Select} where round_id = @Round order by added_at, id", new { Round = round }, token)).Select(r => r.ToEvidence())];

    /// <summary>The publications of a round, the first one first, those under embargo included.</summary>
    public async Task<IReadOnlyList<RoundRevision>> RevisionsAsync(string round, CancellationToken token)
        => [.. (await QueryAsync<RevisionRow>($"{RevisionRow.Select} where round_id = @Round order by number", new { Round = round }, token)).Select(r => r.ToRevision())];

    /// <summary>The publication that the public sees at that moment; null while there is none.</summary>
    public async Task<RoundRevision?> PublicRevisionAsync(string round, DateTimeOffset now, CancellationToken token)
        => (await RevisionsAsync(round, token)).LastOrDefault(r => r.IsPublic(now));

    /// <summary>All of a round.</summary>
    /// <param name="round">The round.</param>
    /// <param name="revision">As it stood in this publication; null for how it stands now.</param>
    /// <param name="token">Ends the wait.</param>
    /// <exception cref="OpenDataException"><see cref="RoundErrors.UnknownRound"/>.</exception>
    public async Task<RoundContent> ContentAsync(string round, RoundRevision? revision, CancellationToken token)
    {
        var found = await FindAsync(round, token) ?? throw RoundFailures.UnknownRound();
        var before = await BeforeAsync(found, revision?.PublishedAt, token);
        return new RoundContent(
            found, await UnitsAsync(round, token), await EntriesAsync(round, null, revision?.LastSequence ?? long.MaxValue, token), await EvidenceAsync(round, token))
        {
            PreviousShares = before.Shares,
            Before = before.FactsHash == found.FactsHash ? before.Scores : [],
        };
    }

    // What was published stays as it was: a later correction of the round before is carried over by a correction of this one.
    private async Task<RoundBefore> BeforeAsync(Round round, DateTimeOffset? at, CancellationToken token)
    {
        if (round.Previous is not { } previous || (await RevisionsAsync(previous, token)).LastOrDefault(r => at is null || r.PublishedAt <= at) is not { } revision)
        {
            return new RoundBefore(null, []);
        }

        var content = await ContentAsync(previous, revision, token);
        return new RoundBefore(content.Round.FactsHash, RoundResults.Of(content).Final.Units);
    }

    private Task<IReadOnlyList<RoundEntry>> EntriesAsync(string round, string? unit, long last, CancellationToken token)
        => !_database.Exists ? Task.FromResult<IReadOnlyList<RoundEntry>>([]) : _database.UseAsync(
            connection => EntriesAsync(connection, null, round, unit, last, token), token);

    private static async Task<IReadOnlyList<RoundEntry>> EntriesAsync(
        DbConnection connection, DbTransaction? transaction, string round, string? unit, long last, CancellationToken token)
    {
        var values = new { Round = round, Unit = unit, Last = last };
        var queries = (await connection.QueryAsync<QueryRow>(new CommandDefinition(
            $"{QueryRow.Select} where round_id = @Round order by sequence, input_role", values, transaction, cancellationToken: token))).ToLookup(q => q.Sequence, q => q.ToQuery());
        var rows = await connection.QueryAsync<EntryRow>(new CommandDefinition(
            $"{EntryRow.Select} where round_id = @Round and unit = coalesce(@Unit, unit) and sequence <= @Last order by sequence", values, transaction, cancellationToken: token));
        return [.. rows.Select(r => r.ToEntry([.. queries[r.Sequence]]))];
    }

    private static async Task<Round?> FindAsync(DbConnection connection, DbTransaction transaction, string id, CancellationToken token)
        => (await connection.QueryFirstOrDefaultAsync<RoundRow>(new CommandDefinition(
            $"{RoundRow.Select} where id = @Id", new { Id = id }, transaction, cancellationToken: token)))?.ToRound();

    private static async Task<Round> RequireAsync(DbConnection connection, DbTransaction transaction, string id, CancellationToken token)
        => await FindAsync(connection, transaction, id, token) ?? throw RoundFailures.UnknownRound();

    private static async Task<IReadOnlyList<RoundUnit>> UnitsAsync(DbConnection connection, DbTransaction transaction, string round, CancellationToken token)
        => [.. (await connection.QueryAsync<RoundUnitRow>(new CommandDefinition(
            $"{RoundUnitRow.Select} where round_id = @Round order by ordinal", new { Round = round }, transaction, cancellationToken: token))).Select(r => r.ToUnit())];

    private static async Task<RoundUnit> RequireUnitAsync(DbConnection connection, DbTransaction transaction, string round, string unit, CancellationToken token)
        => (await connection.QueryFirstOrDefaultAsync<RoundUnitRow>(new CommandDefinition(
            $"{RoundUnitRow.Select} where round_id = @Round and code = @Unit", new { Round = round, Unit = unit }, transaction, cancellationToken: token)))?.ToUnit()
            ?? throw RoundFailures.UnknownUnit();

    private async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object values, CancellationToken token)
        => !_database.Exists ? [] : await _database.UseAsync(
            async connection => (IReadOnlyList<T>)[.. await connection.QueryAsync<T>(new CommandDefinition(sql, values, cancellationToken: token))], token);
}
