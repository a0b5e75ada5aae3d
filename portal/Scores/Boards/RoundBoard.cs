using OpenData.Catalogs;

namespace OpenData.Portal.Scores.Boards;

/// <summary>A published revision of a round, as the published tables say it and nothing else.</summary>
/// <param name="Id">The round.</param>
/// <param name="Title">Its title.</param>
/// <param name="From">First day of its period.</param>
/// <param name="To">Last day.</param>
/// <param name="Revision">1 for the first publication; each correction adds one.</param>
/// <param name="PublishedAt">From when the public sees it.</param>
/// <param name="IsSynthetic">True when its answers are made up.</param>
/// <param name="Framework">Its framework.</param>
/// <param name="Units">Its units: leagues in order, places in leagues, units without a place last.</param>
public sealed record RoundBoard(
    string Id,
    LocalText Title,
    DateOnly From,
    DateOnly To,
    int Revision,
    DateTimeOffset PublishedAt,
    bool IsSynthetic,
    BoardFramework Framework,
    IReadOnlyList<BoardUnit> Units)
{
    /// <summary>Tables are published one after the other: false while ranks or components still speak of another revision.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Codes of its leagues in order; empty when there is one for all.</summary>
    public IReadOnlyList<string> Leagues => [.. Units.Select(u => u.League).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>The unit of that code, or null.</summary>
    public BoardUnit? Find(string unit) => Units.FirstOrDefault(u => string.Equals(u.Code, unit, StringComparison.Ordinal));

    /// <summary>The name of a league; its code when the tables have no name for it.</summary>
    public LocalText LeagueName(string league) => Framework.Leagues.GetValueOrDefault(league) ?? new LocalText(league, league);
}
