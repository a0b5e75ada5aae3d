namespace OpenData.Portal.Charts;

/// <summary>One unit in a chart of ranked dots.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its place or value.</param>
/// <param name="Low">One end of its interval.</param>
/// <param name="High">The other end.</param>
/// <param name="IsCloseToNext">True when it is too close to call with the row below.</param>
internal sealed record DotRow(string Name, decimal Value, decimal Low, decimal High, bool IsCloseToNext);
