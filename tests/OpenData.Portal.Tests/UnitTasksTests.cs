using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Catalogs.Frameworks;
using OpenData.Portal.Access;
using OpenData.Portal.Assessments;
using OpenData.Warehouse.Accounts;
using OpenData.Warehouse.Rounds;

namespace OpenData.Portal.Tests;

/// <summary>Every role at every stage: what the pages offer, and that nothing is offered which the stage table refuses.</summary>
public sealed class UnitTasksTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Round Round = new(
        "r-2025", "r", 1, "", "", new LocalText("Đợt", "Round"), UnitLevel.Commune, new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31), "minh", Now)
    {
        SubmitUntil = Now.AddDays(1),
        AppealUntil = Now.AddDays(2),
    };

    [Theory]
    [InlineData(AccountRole.UnitOfficer, "Answer Read Read Answer Appeal Read Read")]
    [InlineData(AccountRole.Verifier, "Read Screen Verify Read Read Read Read")]
    [InlineData(AccountRole.Council, "Read Read Read Read Decide Reopen Reopen")]
    [InlineData(AccountRole.ScoringAdministrator, "Read Read Read Read Read Reopen Reopen")]
    [InlineData(AccountRole.Operator, "Read Read Read Read Read Read Read")]
    [InlineData(AccountRole.Approver, "Read Read Read Read Read Read Read")]
    public void Each_role_has_its_work_at_its_stages(AccountRole role, string expected)
    {
        var rights = new ScoringRights("hoa", [role], role == AccountRole.UnitOfficer ? ["u1"] : []);
        Assert.Equal(expected, string.Join(' ', Enum.GetValues<UnitStage>().Select(s => Task(rights, s))));
    }

    [Fact]
    public void Nobody_is_offered_work_on_a_unit_that_is_theirs_or_that_they_answered_for()
    {
        var mine = new ScoringRights("hoa", AccountRoles.Scoring.Except([AccountRole.ScoringAdministrator]).ToList(), ["u1"]);
        var before = mine with { Units = [] };
        foreach (var stage in Enum.GetValues<UnitStage>())
        {
            Assert.DoesNotContain(Task(mine, stage), new[] { UnitTask.Screen, UnitTask.Verify, UnitTask.Decide, UnitTask.Reopen });
            Assert.Equal(UnitTask.Read, Task(before, stage, "HOA"));
        }

        foreach (var kind in new[] { EntryKind.Verified, EntryKind.Council, EntryKind.Automatic })
        {
            Assert.Equal(AccessErrors.RoleMissing, Assert.Throws<OpenDataException>(() => UnitTasks.Entering(mine, "u1", [], kind)).Code);
            Assert.Equal(AccessErrors.RoleMissing, Assert.Throws<OpenDataException>(() => UnitTasks.Entering(before, "u1", ["hoa"], kind)).Code);
        }
    }

    [Fact]
    public void An_officer_has_no_form_after_its_time_but_one_that_came_back_can_be_mended()
    {
        var rights = new ScoringRights("hoa", [AccountRole.UnitOfficer], ["u1"]);
        Assert.Equal(UnitTask.Read, UnitTasks.Of(rights, Round, Unit(UnitStage.Draft), [], Now.AddDays(3)));
        Assert.Equal(UnitTask.Answer, UnitTasks.Of(rights, Round, Unit(UnitStage.Returned), [], Now.AddDays(3)));
        Assert.Equal(UnitTask.Read, UnitTasks.Of(rights, Round, Unit(UnitStage.Verified), [], Now.AddDays(3)));
        Assert.Equal(UnitTask.Read, UnitTasks.Of(rights, Round with { AppealUntil = null }, Unit(UnitStage.Verified), [], Now));
    }

    private static UnitTask Task(ScoringRights rights, UnitStage stage, params string[] answeredBy) => UnitTasks.Of(rights, Round, Unit(stage), answeredBy, Now);

    private static RoundUnit Unit(UnitStage stage) => new("u1", "Phường Một", null, true, []) { Stage = stage };
}
