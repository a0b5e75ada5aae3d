namespace OpenData.Portal.Charts;

/// <summary>One area of a map.</summary>
/// <param name="Rings">Closed rings of points in degrees.</param>
/// <param name="Class">Its class of values, 0 for the lowest; −1 without a value.</param>
/// <param name="Words">What is said when it is pointed at.</param>
internal sealed record MapArea(IReadOnlyList<IReadOnlyList<(double Longitude, double Latitude)>> Rings, int Class, string Words);
