namespace OpenData.Warehouse.Rounds;

/// <summary>Who changes a round, and in which role.</summary>
/// <param name="Name">Name of an account, or <c>cli:user</c>.</param>
/// <param name="Role">The role in which it is done.</param>
public sealed record RoundActor(string Name, RoundRole Role)
{
    /// <summary>Units for which an officer answers; other roles need none.</summary>
    public IReadOnlyCollection<string> Units { get; init; } = [];

    /// <summary>True when the actor may touch that unit at all.</summary>
    public bool Reaches(string unit) => Role != RoundRole.Officer || Units.Contains(unit);
}
