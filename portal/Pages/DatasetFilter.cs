using System.Text;

namespace OpenData.Portal.Pages;

/// <summary>What the dataset list is asked for. Values that no facet has simply find nothing.</summary>
/// <param name="Text">Words; null when none.</param>
/// <param name="Theme">Theme id; null for all.</param>
/// <param name="Publisher">Publisher id; null for all.</param>
/// <param name="Format">Format extension; null for all.</param>
public sealed record DatasetFilter(string? Text, string? Theme, string? Publisher, string? Format)
{
    /// <summary>True when nothing is narrowed down.</summary>
    public bool IsEmpty => this is { Text: null, Theme: null, Publisher: null, Format: null };

    /// <summary>Reads the query; blank values count as absent.</summary>
    public static DatasetFilter From(IQueryCollection query)
        => new(Value(query, "q"), Value(query, "theme"), Value(query, "publisher"), Value(query, "format"));

    /// <summary>The query text of this filter, each value encoded; empty when nothing is narrowed down.</summary>
    public string ToQuery(int page = 1)
    {
        var query = new StringBuilder();
        Add(query, "q", Text);
        Add(query, "theme", Theme);
        Add(query, "publisher", Publisher);
        Add(query, "format", Format);
        Add(query, "page", page > 1 ? page.ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
        return query.ToString();
    }

    private static string? Value(IQueryCollection query, string name)
    {
        var text = query[name].ToString().Trim();
        return text.Length == 0 ? null : text.Length > DatasetSearch.TextMax ? text[..DatasetSearch.TextMax] : text;
    }

    private static void Add(StringBuilder query, string name, string? value)
    {
        if (value is not null)
        {
            query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }
}
