using OpenData.Warehouse.Rounds;

namespace OpenData.Warehouse.Tests.Rounds;

public sealed class StageRulesTests
{
    // All that anybody may do: role, action, stage → stage. Whatever is not here is refused.
    private const string Allowed = """
        officer answer draft draft
        officer answer returned returned
        officer submit draft submitted
        officer submit returned submitted
        officer appeal verified verified
        verifier compute draft draft
        verifier compute submitted submitted
        verifier compute screened screened
        verifier compute returned returned
        verifier screen submitted screened
        verifier return submitted returned
        verifier return screened returned
        verifier verify_answer screened screened
        verifier verify screened verified
        council adjust verified verified
        council close verified council
        council reopen council verified
        council reopen published verified
        administrator answer draft draft
        administrator answer returned returned
        administrator submit draft submitted
        administrator submit returned submitted
        administrator compute draft draft
        administrator compute submitted submitted
        administrator compute screened screened
        administrator compute returned returned
        administrator import draft council
        administrator import council council
        administrator publish council published
        administrator publish published published
        administrator reopen council verified
        administrator reopen published verified
        """;

    [Fact]
    public void Every_action_of_every_role_at_every_stage_leads_where_it_should_or_is_refused_by_the_right_code()
    {
        var allowed = Allowed.Split('\n').Select(l => l.Trim()).ToHashSet(StringComparer.Ordinal);
        var roles = allowed.Select(l => string.Join(' ', l.Split(' ')[..2])).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var role in Enum.GetValues<RoundRole>())
        {
            foreach (var action in Enum.GetValues<RoundAction>())
            {
                foreach (var stage in Enum.GetValues<UnitStage>())
                {
                    var decision = StageRules.Of(stage, action, role);
                    var doing = $"{RoundText.Of(role)} {RoundText.Of(action)}";
                    if (decision.To is { } to)
                    {
                        Assert.Null(decision.Refused);
                        Assert.True(seen.Add($"{doing} {RoundText.Of(stage)} {RoundText.Of(to)}"));
                    }
                    else
                    {
                        Assert.Equal(roles.Contains(doing) ? RoundErrors.WrongStage : RoundErrors.WrongRole, decision.Refused);
                    }
                }
            }
        }

        Assert.Equal(allowed.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Words_of_the_room_are_written_and_read_in_one_way()
    {
        Assert.Equal("verify_answer", RoundText.Of(RoundAction.VerifyAnswer));
        Assert.Equal(RoundAction.VerifyAnswer, RoundText.Find<RoundAction>("verify_answer"));
        Assert.Null(RoundText.Find<UnitStage>("Draft"));
        Assert.Null(RoundText.Find<UnitStage>("0"));
    }
}
