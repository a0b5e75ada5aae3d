using System.Data.Common;
using Dapper;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Catalogs.Frameworks;
using OpenData.Warehouse.Audit;
using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Rounds;

/// <summary>
/// Assessment rounds in the state database. Every change is checked against stage and role, and written to the audit log in the same transaction.
/// Answers and stages are only added. Fails with <see cref="LedgerErrors.Unavailable"/> and <see cref="LedgerErrors.FromTheFuture"/>.
/// </summary>
public sealed partial class RoundBook : IAsyncDisposable
{
    private readonly LedgerDatabase _database;
    private readonly TimeProvider _clock;

    private RoundBook(LedgerDatabase database, LedgerOptions options, TimeProvider clock)
    {
        _database = database;
        _clock = clock;
        Audit = new AuditLog(database, options, clock);
    }

    /// <summary>The audit log of the same database.</summary>
    public AuditLog Audit { get; }

    /// <summary>Opens the state database and brings its tables up to date.</summary>
    public static async Task<RoundBook> OpenAsync(LedgerOptions options, TimeProvider clock, CancellationToken token)
        => new(await LedgerDatabase.OpenAsync(options, token), options, clock);

    /// <summary>Opens it for reading only; there are no rounds while no program has made its tables.</summary>
    public static RoundBook ForReading(LedgerOptions options, TimeProvider clock) => new(LedgerDatabase.ForReading(options), options, clock);

    /// <summary>Opens a round: its framework is frozen as it is now, word for word.</summary>
    /// <exception cref="OpenDataException">
    /// <see cref="RoundErrors.BadRound"/>, <see cref="RoundErrors.RoundExists"/>, <see cref="RoundErrors.FrozenFramework"/>, <see cref="RoundErrors.WrongRole"/>.
    /// </exception>
    public Task<Round> OpenRoundAsync(RoundActor actor, NewRound wanted, CancellationToken token)
    {
        RequireAdministrator(actor);
        RoundRules.Require(wanted);
        var hash = FrameworkFacts.Hash(wanted.Framework);
        RequireReadable(wanted.Framework, hash);
        return Audit.RecordAsync(
            async (connection, transaction) =>
            {
                if (await FindAsync(connection, transaction, wanted.Id, token) is not null)
                {
                    throw new OpenDataException(RoundErrors.RoundExists, new LocalText(
                        $"Đợt {wanted.Id} đã được mở.", $"Round {wanted.Id} has been opened already."));
                }

                if (wanted.Previous is { } previous && await FindAsync(connection, transaction, previous, token) is null)
                {
                    throw RoundFailures.UnknownRound();
                }

                await RequireUnchangedAsync(connection, transaction, wanted.Framework, hash, token);
                var round = new Round(
                    wanted.Id, wanted.Framework.Id, wanted.Framework.Version, hash, wanted.Framework.Yaml, wanted.Title, wanted.Framework.Level,
                    wanted.From, wanted.To, actor.Name, LedgerTime.FromText(Now))
                {
                    IsSynthetic = wanted.IsSynthetic,
                    SubmitUntil = wanted.SubmitUntil,
                    AppealUntil = wanted.AppealUntil,
                    Previous = wanted.Previous,
                };
                await DoAsync(connection, transaction, RoundRow.Insert, RoundRow.Of(round), token);
                for (var i = 0; i < wanted.Units.Count; i++)
                {
                    await DoAsync(connection, transaction, RoundUnitRow.Insert, RoundUnitRow.Of(round.Id, i, AtStart(wanted.Units[i])), token);
                }

                await Audit.AddAsync(
                    connection, transaction, actor.Name, "round.open", round.Id, $"{round.Framework} {round.FrameworkVersion} {hash}, {wanted.Units.Count} units", token);
                return round;
            },
            token);
    }

    /// <summary>Closes the database.</summary>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private string Now => LedgerTime.ToText(_clock.GetUtcNow());

    private static void RequireAdministrator(RoundActor actor)
    {
        if (actor.Role != RoundRole.Administrator)
        {
            throw new OpenDataException(RoundErrors.WrongRole, new LocalText("Chỉ quản trị viên chấm điểm được làm việc này.", "Only an administrator of scoring does this."));
        }
    }

    // Of a unit that takes its predecessors' mean there is nothing to decide.
    private static RoundUnit AtStart(RoundUnit unit) => unit with { Stage = unit.IsMerged ? UnitStage.Council : UnitStage.Draft };

    // What is frozen must be read again years later, and mean what it means now.
    private static void RequireReadable(Framework framework, string hash)
    {
        if (FrameworkReader.ReadOne(framework.Yaml, $"{framework.Id}.yaml").Frameworks is not [var read] || FrameworkFacts.Hash(read) != hash)
        {
            throw new OpenDataException(RoundErrors.BadRound, new LocalText(
                "Không đọc lại được tệp của bộ chỉ số.", "The framework's own file cannot be read again."));
        }
    }

    private static async Task RequireUnchangedAsync(DbConnection connection, DbTransaction transaction, Framework framework, string hash, CancellationToken token)
    {
        var frozen = await connection.QueryFirstOrDefaultAsync<RoundRow>(new CommandDefinition(
            $"{RoundRow.Select} where framework = @Id and framework_version = @Version and facts_hash <> @Hash",
            new { framework.Id, Version = (long)framework.Version, Hash = hash },
            transaction,
            cancellationToken: token));
        if (frozen is not null)
        {
            throw new OpenDataException(RoundErrors.FrozenFramework, new LocalText(
                $"Đợt {frozen.Id} đã chốt phiên bản {framework.Version} của {framework.Id} với nội dung khác; hãy tăng số phiên bản.",
                $"Round {frozen.Id} froze version {framework.Version} of {framework.Id} with other content; give the change a new version."));
        }
    }

    private static Task<int> DoAsync(DbConnection connection, DbTransaction transaction, string sql, object values, CancellationToken token)
        => connection.ExecuteAsync(new CommandDefinition(sql, values, transaction, cancellationToken: token));
}
