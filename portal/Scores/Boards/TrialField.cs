using OpenData.Catalogs;

namespace OpenData.Portal.Scores.Boards;

/// <summary>An input of the form of a what-if.</summary>
/// <param name="Role">Its name in the formula.</param>
/// <param name="Title">What it means.</param>
/// <param name="Text">What stands in it.</param>
/// <param name="Choices">Words to choose from; empty for a number.</param>
public sealed record TrialField(string Role, LocalText Title, string Text, IReadOnlyList<string> Choices);
