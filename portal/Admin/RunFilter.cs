using OpenData.Warehouse.Ledger;

namespace OpenData.Portal.Admin;

/// <summary>Which runs are listed; read from an address and written into one. What cannot be read counts as not given.</summary>
/// <param name="Dataset">Only this dataset; null for all.</param>
/// <param name="Status">Only this status; null for all.</param>
/// <param name="Before">Only runs older than this one; null for the newest.</param>
/// <param name="Watch">True when the page loads itself anew every five seconds.</param>
public sealed record RunFilter(string? Dataset = null, RunStatus? Status = null, string? Before = null, bool Watch = false)
{
    /// <summary>Runs on a page.</summary>
    public const int PageRuns = 50;

    /// <summary>Reads a query.</summary>
    public static RunFilter From(IQueryCollection query) => new(
        Given(query["dataset"].ToString().Trim()),
        Enum.GetValues<RunStatus>().Cast<RunStatus?>().FirstOrDefault(s => TextOf(s!.Value) == query["status"].ToString()),
        Given(query["before"].ToString()),
        query["watch"] == "1");

    /// <summary>A status in addresses.</summary>
    public static string TextOf(RunStatus status) => status.ToString().ToLowerInvariant();

    /// <summary>The query that reads back as this filter; empty for none.</summary>
    public string ToQuery() => QueryString.Create(new KeyValuePair<string, string?>[]
    {
        new("dataset", Dataset), new("status", Status is { } status ? TextOf(status) : null), new("before", Before), new("watch", Watch ? "1" : null),
    }.Where(p => p.Value is not null)).ToUriComponent();

    private static string? Given(string text) => text.Length == 0 ? null : text;
}
