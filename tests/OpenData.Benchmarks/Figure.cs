using System.Globalization;

namespace OpenData.Benchmarks;

/// <summary>One line of the report: our figure, the limit's from the same run, and the goal.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Ours">Our figure.</param>
/// <param name="LimitName">What it is compared with.</param>
/// <param name="Limit">The limit's figure; null where the goal bounds our own figure.</param>
/// <param name="Goal">The bound of the ratio, or of our figure where there is no limit.</param>
internal sealed record Figure(string Name, string Unit, double Ours, string LimitName, double? Limit, double Goal)
{
    public const string Head =
        """
        | What | measured | ours | limit | its figure | ratio | goal | beside it |
        |---|---|---|---|---|---|---|---|
        """;

    /// <summary>True where more is better.</summary>
    public bool IsAtLeast { get; init; }

    /// <summary>False where something that is no figure went wrong, such as a failed request.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>Further figures, for a reader who asks why.</summary>
    public string Beside { get; init; } = "";

    /// <summary>What the goal bounds.</summary>
    public double Bounded => Limit is { } limit ? Ours / limit : Ours;

    public bool IsMet => IsWhole && (IsAtLeast ? Bounded >= Goal : Bounded <= Goal);

    public string Row
    {
        get
        {
            var ratio = Limit is null ? "–" : string.Create(CultureInfo.InvariantCulture, $"**{Bounded:0.00}×**");
            var goal = string.Create(CultureInfo.InvariantCulture, $"{(IsAtLeast ? "≥" : "≤")} {Goal:0.0#}{(Limit is null ? " " + Unit : "×")} {(IsMet ? "met" : "missed")}");
            return $"| {Name} | {Unit} | {Text(Ours)} | {LimitName} | {(Limit is { } limit ? Text(limit) : "–")} | {ratio} | {goal} | {Beside} |";
        }
    }

    /// <summary>Three digits that say something, whatever the size.</summary>
    public static string Text(double figure) => figure.ToString(
        Math.Abs(figure) switch { >= 100 => "#,##0", >= 10 => "0.0", >= 1 => "0.00", _ => "0.000" },
        CultureInfo.InvariantCulture);
}
