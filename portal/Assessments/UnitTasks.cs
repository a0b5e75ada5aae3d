using OpenData.Portal.Access;
using OpenData.Warehouse.Accounts;
using OpenData.Warehouse.Rounds;

namespace OpenData.Portal.Assessments;

/// <summary>
/// Pure: rights of a person × stage of a unit → what the pages offer, and in which role a change is made. The book judges every change once more: a page that was
/// opened before somebody moved the unit on changes nothing.
/// </summary>
internal static class UnitTasks
{
    /// <summary>What the pages offer.</summary>
    /// <param name="rights">The person's.</param>
    /// <param name="round">The round.</param>
    /// <param name="unit">The unit, with its stage.</param>
    /// <param name="answeredBy">Who answered for it in this round.</param>
    /// <param name="now">This moment.</param>
    public static UnitTask Of(ScoringRights rights, Round round, RoundUnit unit, IReadOnlyList<string> answeredBy, DateTimeOffset now) => unit.Stage switch
    {
        _ when unit.IsMerged => UnitTask.Read,
        UnitStage.Draft when rights.MayAnswer(unit.Code) && (round.SubmitUntil is not { } end || end >= now) => UnitTask.Answer,
        UnitStage.Returned when rights.MayAnswer(unit.Code) => UnitTask.Answer,
        UnitStage.Submitted when rights.MayVerify(unit.Code, answeredBy) => UnitTask.Screen,
        UnitStage.Screened when rights.MayVerify(unit.Code, answeredBy) => UnitTask.Verify,
        UnitStage.Verified when rights.MayAnswer(unit.Code) && round.AppealUntil >= now => UnitTask.Appeal,
        UnitStage.Verified when rights.MayAdjust(unit.Code, answeredBy) => UnitTask.Decide,
        UnitStage.Council or UnitStage.Published when rights.MayAdjust(unit.Code, answeredBy) || rights.MayAdminister => UnitTask.Reopen,
        _ => UnitTask.Read,
    };

    /// <summary>Whose answers a task enters; null when it enters none.</summary>
    public static EntryKind? Enters(UnitTask task) => task switch
    {
        UnitTask.Answer => EntryKind.Self,
        UnitTask.Appeal => EntryKind.Appeal,
        UnitTask.Verify => EntryKind.Verified,
        UnitTask.Decide => EntryKind.Council,
        _ => null,
    };

    /// <summary>The person in the role that enters answers of that kind.</summary>
    /// <exception cref="Catalogs.Errors.OpenDataException"><see cref="AccessErrors.RoleMissing"/>: the person may not.</exception>
    public static RoundActor Entering(ScoringRights rights, string unit, IReadOnlyList<string> answeredBy, EntryKind kind) => kind switch
    {
        EntryKind.Self or EntryKind.Appeal => Officer(rights, unit),
        EntryKind.Verified => Outsider(rights, RoundRole.Verifier, rights.MayVerify(unit, answeredBy)),
        EntryKind.Council => Outsider(rights, RoundRole.Council, rights.MayAdjust(unit, answeredBy)),
        _ => throw ClosedDoors.RoleMissing(),
    };

    /// <summary>The person in the role that takes that step.</summary>
    /// <exception cref="Catalogs.Errors.OpenDataException"><see cref="AccessErrors.RoleMissing"/>: the person may not.</exception>
    public static RoundActor Taking(ScoringRights rights, string unit, IReadOnlyList<string> answeredBy, RoundAction action) => action switch
    {
        RoundAction.Submit => Officer(rights, unit),
        RoundAction.Screen or RoundAction.Return or RoundAction.Verify => Outsider(rights, RoundRole.Verifier, rights.MayVerify(unit, answeredBy)),
        RoundAction.Close => Outsider(rights, RoundRole.Council, rights.MayAdjust(unit, answeredBy)),
        RoundAction.Reopen when rights.MayAdjust(unit, answeredBy) => new RoundActor(rights.Person, RoundRole.Council),
        RoundAction.Reopen => Administrator(rights),
        _ => throw ClosedDoors.RoleMissing(),
    };

    /// <summary>The person as an administrator of scoring.</summary>
    /// <exception cref="Catalogs.Errors.OpenDataException"><see cref="AccessErrors.RoleMissing"/>: the person is none.</exception>
    public static RoundActor Administrator(ScoringRights rights) => Outsider(rights, RoundRole.Administrator, rights.MayAdminister);

    /// <summary>True for the unit's verified and final results: its own officers see them once it is verified, so that nobody bargains with a verifier at work.</summary>
    public static bool SeesVerified(ScoringRights rights, RoundUnit unit) => unit.Stage >= UnitStage.Verified || SeesAll(rights);

    /// <summary>True for whoever judges or administers: they see every unit's work at every stage.</summary>
    public static bool SeesAll(ScoringRights rights) => rights.Is(AccountRole.Verifier) || rights.Is(AccountRole.Council) || rights.MayAdminister;

    private static RoundActor Officer(ScoringRights rights, string unit)
        => rights.MayAnswer(unit) ? new RoundActor(rights.Person, RoundRole.Officer) { Units = rights.Units } : throw ClosedDoors.RoleMissing();

    private static RoundActor Outsider(ScoringRights rights, RoundRole role, bool may) => may ? new RoundActor(rights.Person, role) : throw ClosedDoors.RoleMissing();
}
