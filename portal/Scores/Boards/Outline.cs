namespace OpenData.Portal.Scores.Boards;

/// <summary>The outline of a commune.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Rings">Closed rings of points in degrees; outer rings and holes alike, drawn by the even-odd rule.</param>
public sealed record Outline(string Code, IReadOnlyList<IReadOnlyList<(double Longitude, double Latitude)>> Rings);
