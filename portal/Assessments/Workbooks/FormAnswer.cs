using OpenData.Catalogs.Frameworks;

namespace OpenData.Portal.Assessments.Workbooks;

/// <summary>What an uploaded form says of one component.</summary>
/// <param name="Component">The component.</param>
/// <param name="Typed">Its fields.</param>
/// <param name="Seen">Sequence of the newest entry when the form was made.</param>
/// <param name="Cells">Address of the cell of each field, by input, <c>na</c> or <c>explanation</c>.</param>
internal sealed record FormAnswer(Component Component, TypedAnswer Typed, long Seen, IReadOnlyDictionary<string, string> Cells);
