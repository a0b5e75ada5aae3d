namespace OpenData.Catalogs;

/// <summary>How records of a <c>merge</c> dataset say that their key is gone at the source.</summary>
/// <param name="From">The source's name of the field (header or JSON path); it is read, never published.</param>
/// <param name="Values">Texts of the field that mark a record, letter case free; empty means every value but nothing, <c>false</c> and <c>0</c>.</param>
public sealed record DeletionMark(string From, IReadOnlyList<string> Values)
{
    /// <summary>Name of the mark beside the public columns while a run is at work; contracts cannot have it.</summary>
    public const string Column = "_deleted";

    /// <summary>True when a field with this text (never empty) marks its record.</summary>
    public bool Marks(string text)
        => Values.Count == 0 ? !Is(text, "false") && !Is(text, "0") : Values.Any(value => Is(text, value));

    private static bool Is(string text, string value) => string.Equals(text, value, StringComparison.OrdinalIgnoreCase);
}
