using OpenData.Catalogs;

namespace OpenData.Portal.Scores.Boards;

/// <summary>What the published tables say of a round's framework.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its frozen version.</param>
/// <param name="Title">Its title.</param>
/// <param name="IsSourced">False for a proposal.</param>
/// <param name="Hash">Hash of its facts; null when the table of frameworks does not have it.</param>
/// <param name="Leagues">Names of leagues by code.</param>
public sealed record BoardFramework(string Id, int Version, LocalText Title, bool IsSourced, string? Hash, IReadOnlyDictionary<string, LocalText> Leagues);
