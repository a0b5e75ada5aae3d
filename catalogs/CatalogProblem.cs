namespace OpenData.Catalogs;

/// <summary>One mistake in a catalogue file.</summary>
/// <param name="Code">Stable code, <c>OD10xx</c>.</param>
/// <param name="File">File, relative to the catalogue folder.</param>
/// <param name="Line">One-based line; 0 when the whole file is meant.</param>
/// <param name="Sentence">What is wrong and what would be right.</param>
/// <param name="Dataset">The dataset that stops because of it; null when the file belongs to none.</param>
public sealed record CatalogProblem(string Code, string File, int Line, string Sentence, string? Dataset)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line}: {Code}: {Sentence}";
}
