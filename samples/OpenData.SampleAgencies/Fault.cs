namespace OpenData.SampleAgencies;

/// <summary>A planned failure of the next answers.</summary>
/// <param name="Kind">One of <see cref="Faults.Kinds"/>.</param>
/// <param name="Path">Only paths that begin with it; empty means every system.</param>
/// <param name="Seconds">Delay of a <c>slow</c> answer.</param>
internal sealed record Fault(string Kind, string Path, double Seconds);
