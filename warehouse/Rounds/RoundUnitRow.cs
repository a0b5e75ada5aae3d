namespace OpenData.Warehouse.Rounds;

/// <summary>A unit of a round as the database has it.</summary>
internal sealed class RoundUnitRow
{
    internal const string Select =
        """
        select round_id as RoundId, ordinal as Ordinal, code as Code, name as Name, league as League, is_ranked as IsRanked,
            predecessors as Predecessors, stage as Stage from round_units
        """;

    internal const string Insert =
        """
        insert into round_units (round_id, ordinal, code, name, league, is_ranked, predecessors, stage)
        values (@RoundId, @Ordinal, @Code, @Name, @League, @IsRanked, @Predecessors, @Stage)
        """;

    public string RoundId { get; set; } = "";

    public long Ordinal { get; set; }

    public string Code { get; set; } = "";

    public string Name { get; set; } = "";

    public string? League { get; set; }

    public long IsRanked { get; set; }

    public string Predecessors { get; set; } = "";

    public string Stage { get; set; } = "";

    internal static RoundUnitRow Of(string round, int ordinal, RoundUnit unit) => new()
    {
        RoundId = round,
        Ordinal = ordinal,
        Code = unit.Code,
        Name = unit.Name,
        League = unit.League,
        IsRanked = unit.IsRanked ? 1 : 0,
        Predecessors = string.Join(' ', unit.Predecessors),
        Stage = RoundText.Of(unit.Stage),
    };

    internal RoundUnit ToUnit() => new(Code, Name, League, IsRanked != 0, Predecessors.Split(' ', StringSplitOptions.RemoveEmptyEntries))
    {
        Stage = RoundText.To<UnitStage>(Stage),
    };
}
