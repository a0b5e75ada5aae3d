namespace OpenData.Warehouse.Changes;

/// <summary>A form in which changes leave.</summary>
/// <param name="Word">As <c>format=</c> and the ending of the address say it.</param>
/// <param name="MediaType">Value of Content-Type.</param>
public sealed record ChangeFormat(string Word, string MediaType)
{
    /// <summary>One object: counts, then the rows by kind.</summary>
    public static readonly ChangeFormat Json = new("json", "application/json; charset=utf-8");

    /// <summary>One change a line.</summary>
    public static readonly ChangeFormat Ndjson = new("ndjson", "application/x-ndjson; charset=utf-8");

    /// <summary>One row a line, a changed one before and after; the first column says which.</summary>
    public static readonly ChangeFormat Csv = new("csv", "text/csv; charset=utf-8; header=present");

    /// <summary>Every form.</summary>
    public static IReadOnlyList<ChangeFormat> All { get; } = [Json, Ndjson, Csv];

    /// <summary>The form of that word (ordinal), or null.</summary>
    public static ChangeFormat? OfWord(string word) => All.FirstOrDefault(f => string.Equals(f.Word, word, StringComparison.Ordinal));
}
