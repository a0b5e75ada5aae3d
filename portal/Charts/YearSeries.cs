namespace OpenData.Portal.Charts;

/// <summary>Values of one thing by year; a year without a value is a gap and stays one.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">Values by year.</param>
public sealed record YearSeries(string Name, IReadOnlyDictionary<int, decimal> Values);
