namespace OpenData.Portal.Access;

/// <summary>Where the portal speaks to whoever started it.</summary>
/// <param name="Writer">Standard output, but in tests.</param>
public sealed record StandardOutput(TextWriter Writer);
