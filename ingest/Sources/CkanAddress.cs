using System.Text.Json;
using OpenData.Catalogs;

namespace OpenData.Ingest.Sources;

/// <summary>Pure: the question to the DataStore of a CKAN portal, without its page.</summary>
internal static class CkanAddress
{
    /// <summary>Number of a row within its table: unique, and never given again.</summary>
    internal const string RowNumber = "_id";

    /// <param name="portal">The portal's own address.</param>
    /// <param name="contract">Resource, filters and columns.</param>
    internal static Uri Of(Uri portal, DatasetContract contract)
    {
        var source = contract.Source;
        var query = new List<string> { Pair("resource_id", source.ResourceId ?? ""), Pair("sort", RowNumber) };
        if (source.Filters.Count > 0)
        {
            query.Add(Pair("filters", JsonSerializer.Serialize(source.Filters)));
        }

        query.AddRange(Fields(contract).Select(field => Pair("fields", field)));
        return new UriBuilder(portal) { Path = portal.AbsolutePath.TrimEnd('/') + "/api/3/action/datastore_search", Query = string.Join('&', query) }.Uri;
    }

    // By name where something must not come, or need not; else everything, so that a new field is noticed. The row number makes two names of
    // one column: a single one would be split at its commas.
    private static IEnumerable<string> Fields(DatasetContract contract)
        => contract.Columns.Any(c => c.Personal) || contract.Drift.NewColumn == "ignore"
            ? contract.PublicColumns.Select(c => c.SourceName).Append(contract.Deletions?.From).OfType<string>()
                .Select(name => name.Split('.')[0]).Prepend(RowNumber).Distinct(StringComparer.Ordinal)
            : [];

    private static string Pair(string name, string value) => $"{name}={Uri.EscapeDataString(value)}";
}
