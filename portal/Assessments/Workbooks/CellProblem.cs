using OpenData.Catalogs;

namespace OpenData.Portal.Assessments.Workbooks;

/// <summary>A cell of an uploaded form that could not be taken.</summary>
/// <param name="Cell">Its address, for example <c>D12</c>.</param>
/// <param name="Component">Code of the component.</param>
/// <param name="Text">What stands in it.</param>
/// <param name="Problem">What is wrong.</param>
public sealed record CellProblem(string Cell, string Component, string Text, LocalText Problem);
