using OpenData.Warehouse.Accounts;

namespace OpenData.Warehouse.Tests.Accounts;

public sealed class ScoringRightsTests
{
    private const string Own = "so_noi_vu";
    private const string Other = "so_y_te";

    [Fact]
    public void An_officer_answers_for_and_sees_the_own_unit_only()
    {
        var officer = Of("hoa", [Own], AccountRole.UnitOfficer);
        Assert.True(officer.MayAnswer(Own));
        Assert.True(officer.MaySeeDraft(Own));
        foreach (var foreign in new[] { Other, "SO_NOI_VU", "so_noi", "", " so_noi_vu" })
        {
            Assert.False(officer.MayAnswer(foreign), foreign);
            Assert.False(officer.MaySeeDraft(foreign), foreign);
        }

        Assert.False(officer.MayAdminister);
        Assert.False(officer.MayVerify(Other, []));
        Assert.False(officer.MayAdjust(Other, []));
    }

    [Fact]
    public void Units_without_the_role_of_officer_give_nothing()
    {
        foreach (var role in AccountRoles.All.Except([AccountRole.UnitOfficer]))
        {
            Assert.False(Of("hoa", [Own], role).MayAnswer(Own), role.ToString());
        }

        Assert.False(Of("hoa", [Own], AccountRole.Operator).MaySeeDraft(Own));
        Assert.False(Of("hoa", [Own]).MaySeeDraft(Own));
    }

    [Fact]
    public void Nobody_verifies_or_adjusts_a_unit_that_the_own_account_answers_for_or_answered_for()
    {
        var all = Of("Trần Hoa", [Own], [.. AccountRoles.All]);
        Assert.False(all.MayVerify(Own, []));
        Assert.False(all.MayAdjust(Own, []));
        Assert.True(all.MayVerify(Other, ["minh"]));
        Assert.True(all.MayAdjust(Other, ["minh"]));

        // The unit was taken away after the answer: the answer stays the own.
        var moved = Of("Trần Hoa", [], AccountRole.Verifier, AccountRole.Council);
        Assert.False(moved.MayVerify(Own, ["minh", "TRẦN HOA"]));
        Assert.False(moved.MayAdjust(Own, ["trần hoa"]));
        Assert.True(moved.MayVerify(Own, ["minh"]));

        // Two ways in are still one person.
        Assert.False(moved.MayVerify(Own, ["token:Trần Hoa"]));
        Assert.False((moved with { Person = "token:trần hoa" }).MayVerify(Own, ["Trần Hoa"]));
        Assert.True((moved with { Person = "token:minh" }).MayVerify(Own, ["Trần Hoa"]));
    }

    [Theory]
    [InlineData(AccountRole.Operator, false, false, false, false)]
    [InlineData(AccountRole.Approver, false, false, false, false)]
    [InlineData(AccountRole.UnitOfficer, false, false, false, false)]
    [InlineData(AccountRole.Verifier, true, false, false, true)]
    [InlineData(AccountRole.Council, false, true, false, true)]
    [InlineData(AccountRole.ScoringAdministrator, false, false, true, true)]
    public void Each_role_opens_its_own_door_and_no_other(AccountRole role, bool verifies, bool adjusts, bool administers, bool sees)
    {
        var rights = Of("minh", [], role);
        Assert.Equal(
            (verifies, adjusts, administers, sees),
            (rights.MayVerify(Other, []), rights.MayAdjust(Other, []), rights.MayAdminister, rights.MaySeeDraft(Other)));
        Assert.False(rights.MayAnswer(Other));
    }

    [Fact]
    public void Roles_are_one_word_each_and_come_back_from_their_text()
    {
        Assert.Equal("operator,approver,unit_officer,verifier,council,scoring_administrator", AccountRoles.Text(AccountRoles.All));
        Assert.Equal(AccountRoles.All, AccountRoles.Of(AccountRoles.Text(AccountRoles.All)));
        Assert.Equal([AccountRole.UnitOfficer], AccountRoles.Of("unitofficer,Verifier,unit_officer,of_tomorrow"));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(" so_y_te;05440\n05440 , ", "05440 so_y_te")]
    [InlineData("A.b-C_9", "A.b-C_9")]
    public void Codes_of_units_are_read_from_what_people_type(string typed, string codes)
        => Assert.Equal(codes, string.Join(' ', UnitCodes.Parse(typed)));

    [Theory]
    [InlineData("sở_y_tế")]
    [InlineData("a'b")]
    [InlineData("<script>")]
    [InlineData("../etc")]
    [InlineData("a\0b")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void What_is_no_code_is_refused(string typed)
        => Assert.Equal(AccountErrors.BadUnit, Assert.Throws<OpenData.Catalogs.Errors.OpenDataException>(() => UnitCodes.Parse(typed)).Code);

    [Fact]
    public void More_than_two_hundred_units_are_refused()
    {
        Assert.Equal(200, UnitCodes.Parse(string.Join(',', Enumerable.Range(1, 200))).Count);
        Assert.Throws<OpenData.Catalogs.Errors.OpenDataException>(() => UnitCodes.Parse(string.Join(',', Enumerable.Range(1, 201))));
    }

    private static ScoringRights Of(string name, string[] units, params AccountRole[] roles) => new(name, roles, units);
}
