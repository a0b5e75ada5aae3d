using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Notices;

/// <summary>Pure: how a dataset stands → what people are told, once per change for the worse and once when it is well again.</summary>
internal static class NoticeRules
{
    internal const string Fine = "fine";
    internal const string Failing = "failing";
    internal const string Late = "late";

    /// <summary>What a dataset's state is called; null while nothing can be said: it never ran, or its first run is at work.</summary>
    /// <param name="verdict">Whether it is on time.</param>
    /// <param name="facts">Its runs.</param>
    /// <param name="failures">Runs in a row that failed.</param>
    /// <param name="afterFailures">So many count as failing.</param>
    internal static string? StateOf(FreshnessVerdict verdict, FreshnessFacts facts, int failures, int afterFailures)
    {
        if (facts.Confirmed is null)
        {
            return failures >= afterFailures ? Failing : null;
        }

        return verdict.State == FreshnessState.Late ? Late : failures >= afterFailures ? Failing : Fine;
    }

    /// <summary>The kind of notice that a change of state gives; null for none.</summary>
    internal static string? KindOf(string? before, string now) => (before, now) switch
    {
        (Fine or null, Failing) => "dataset.failing",
        (Fine or Failing or null, Late) => "dataset.late",
        (Failing or Late, Fine) => "dataset.recovered",
        _ => null,
    };

    /// <summary>When a delivery that failed is tried again; null when it is given up after about three days.</summary>
    /// <param name="tries">Deliveries that failed before this one.</param>
    internal static TimeSpan? RetryAfter(int tries) => tries switch
    {
        0 => TimeSpan.FromMinutes(1),
        1 => TimeSpan.FromMinutes(5),
        2 => TimeSpan.FromMinutes(15),
        < 75 => TimeSpan.FromHours(1),
        _ => null,
    };
}
