using OpenData.Catalogs;

namespace OpenData.Warehouse.Ledger;

/// <summary>Why a dataset is, or is not, on time: sentences fit for the public, the same on the command line, the page and the API.</summary>
/// <param name="State">The judgement in one sentence.</param>
/// <param name="Cause">Why it is not on time; null when it is.</param>
/// <param name="Tried">What was tried since the last good reading; null when nothing was.</param>
/// <param name="Next">When it is tried next, or that nobody knows.</param>
/// <param name="Advice">What a person can do; null when nothing needs to be done.</param>
public sealed record Explanation(LocalText State, LocalText? Cause, LocalText? Tried, LocalText Next, LocalText? Advice)
{
    /// <summary>All sentences in order.</summary>
    public IEnumerable<LocalText> Sentences => new[] { State, Cause, Tried, Next, Advice }.OfType<LocalText>();
}
