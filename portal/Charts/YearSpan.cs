namespace OpenData.Portal.Charts;

/// <summary>Years that were measured in the same way. Between two spans figures are not to be compared, and no line crosses.</summary>
/// <param name="From">First year.</param>
/// <param name="To">Last year.</param>
/// <param name="Label">A few letters that name the way.</param>
public sealed record YearSpan(int From, int To, string Label);
