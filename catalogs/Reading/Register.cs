namespace OpenData.Catalogs.Reading;

/// <summary>The entries of publishers.yaml, themes.yaml or licenses.yaml.</summary>
/// <param name="Entries">Entries without problems, in file order.</param>
/// <param name="Named">Every id that the file names, those of refused entries too.</param>
/// <param name="IsReadable">False when the file as a whole was refused.</param>
internal sealed record Register<T>(IReadOnlyList<T> Entries, IReadOnlySet<string> Named, bool IsReadable);
