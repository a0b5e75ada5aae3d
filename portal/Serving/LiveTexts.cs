using OpenData.Catalogs;

namespace OpenData.Portal.Serving;

/// <summary>Joins the contract a version was published under with the contract of today.</summary>
internal static class LiveTexts
{
    /// <summary>
    /// The version's structure (columns, types, key, order) with today's words: titles, summaries, descriptions, keywords, who answers,
    /// terms of use and duties; and today's relations, which lead from one dataset's rows to another's and are stored in neither.
    /// </summary>
    public static DatasetContract Over(DatasetContract published, DatasetContract live) => published with
    {
        Title = live.Title,
        Summary = live.Summary,
        Publisher = live.Publisher,
        Theme = live.Theme,
        License = live.License,
        Access = live.Access,
        KeywordsVi = live.KeywordsVi,
        KeywordsEn = live.KeywordsEn,
        LegalBasis = live.LegalBasis,
        Contact = live.Contact,
        Coverage = live.Coverage,
        Refresh = live.Refresh,
        Keep = live.Keep,
        Synthetic = live.Synthetic,
        Relations = live.Relations,
        Columns = [.. published.Columns.Select(c => live.Column(c.Name) is { } today ? WithWords(c, today) : c)],
    };

    /// <summary>True when the version holds a column that today's contract calls personal: such a version is never served.</summary>
    public static bool Exposes(DatasetContract published, DatasetContract live)
        => published.PublicColumns.Any(c => live.Columns.Any(l => l.Personal && string.Equals(l.Name, c.Name, StringComparison.Ordinal)));

    private static ColumnContract WithWords(ColumnContract published, ColumnContract live)
        => published with { Title = live.Title, Description = live.Description };
}
