using OpenData.Catalogs;
using OpenData.Portal.Serving;

namespace OpenData.Portal.Pages;

/// <summary>Finds datasets by words and facets, without regard to accents, tone marks and case. Pure.</summary>
internal static class DatasetSearch
{
    /// <summary>Longest text that is looked at, in characters.</summary>
    public const int TextMax = 200;

    /// <summary>Datasets that hold every word and match every facet, best first; all of them, by id, when nothing is asked.</summary>
    public static IReadOnlyList<ServedDataset> Find(ServedCatalog catalog, DatasetFilter filter)
    {
        var words = WordsOf(filter.Text);
        return [.. catalog.Datasets
            .Where(d => Matches(d, filter))
            .Select(d => (Dataset: d, Score: Score(d, catalog.Catalog, words)))
            .Where(s => s.Score > 0)
            .OrderByDescending(s => s.Score)
            .ThenBy(s => s.Dataset.Id, StringComparer.Ordinal)
            .Select(s => s.Dataset)];
    }

    /// <summary>How many datasets each value of a facet would leave, the other facets and the text staying as they are.</summary>
    public static IReadOnlyDictionary<string, int> Counts(ServedCatalog catalog, DatasetFilter others, Func<ServedDataset, IEnumerable<string>> values)
        => Find(catalog, others)
            .SelectMany(values)
            .CountBy(v => v, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);

    private static string[] WordsOf(string? text)
        => text is null
            ? []
            : SyllablesOf(text.Length > TextMax ? text[..TextMax] : text);

    private static string[] SyllablesOf(string text)
    {
        var folded = Folding.Fold(text).ToCharArray();
        for (var i = 0; i < folded.Length; i++)
        {
            if (!char.IsLetterOrDigit(folded[i]) && !char.IsSurrogate(folded[i]))
            {
                folded[i] = ' ';
            }
        }

        return new string(folded).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    // Vietnamese is written in short syllables: "ca" inside "các" or "bắc ạ" is not what anybody looks for.
    private static bool Holds(string[] syllables, string word)
        => Array.Exists(syllables, s => word.Length < 3 ? s == word : s.StartsWith(word, StringComparison.Ordinal));

    private static bool Matches(ServedDataset dataset, DatasetFilter filter)
        => (filter.Theme is null || dataset.Contract.Theme == filter.Theme)
            && (filter.Publisher is null || dataset.Contract.Publisher == filter.Publisher)
            && (filter.Format is null || dataset.Contract.Distributions.Contains(filter.Format, StringComparer.Ordinal));

    /// <summary>0 when a word is missing; words in the title weigh more than words elsewhere.</summary>
    private static int Score(ServedDataset dataset, Catalog catalog, string[] words)
    {
        if (words.Length == 0)
        {
            return 1;
        }

        var contract = dataset.Contract;
        var title = SyllablesOf($"{contract.Title.Vi} {contract.Title.En} {contract.Id}");
        var rest = SyllablesOf(string.Join(' ',
        [
            contract.Summary.Vi,
            contract.Summary.En,
            .. contract.KeywordsVi,
            .. contract.KeywordsEn,
            catalog.Publisher(contract.Publisher)?.Name.Vi ?? "",
            catalog.Publisher(contract.Publisher)?.Name.En ?? "",
            catalog.Theme(contract.Theme)?.Name.Vi ?? "",
            catalog.Theme(contract.Theme)?.Name.En ?? "",
            .. contract.PublicColumns.SelectMany(c => new[] { c.Name, c.Title.Vi, c.Title.En }),
        ]));
        var score = 0;
        foreach (var word in words)
        {
            var weight = Holds(title, word) ? 10 : Holds(rest, word) ? 1 : 0;
            if (weight == 0)
            {
                return 0;
            }

            score += weight;
        }

        return score;
    }
}
