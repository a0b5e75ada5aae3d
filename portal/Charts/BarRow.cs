namespace OpenData.Portal.Charts;

/// <summary>One pillar or main index in a chart of bars.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Share">Points ÷ maximum, 0 to 1.</param>
/// <param name="Text">The same in words.</param>
internal sealed record BarRow(string Name, decimal Share, string Text);
