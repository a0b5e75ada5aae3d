namespace OpenData.Catalogs.Frameworks;

/// <summary>A league: units of it are ranked among themselves.</summary>
/// <param name="Code">Code.</param>
/// <param name="Name">Name.</param>
public sealed record PeerGroup(string Code, LocalText Name);
