using OpenData.Catalogs;

namespace OpenData.Warehouse.Ledger;

/// <summary>Something that people outside are told once. No values of the data, no addresses, nothing personal.</summary>
/// <param name="Id">The same whenever it is delivered again: receivers know by it what they have.</param>
/// <param name="Kind"><c>dataset.failing</c>, <c>dataset.late</c>, <c>dataset.recovered</c>, <c>proposal.found</c> or <c>approval.waiting</c>.</param>
/// <param name="Dataset">Dataset id.</param>
/// <param name="At">When it was noticed.</param>
/// <param name="Title">One line.</param>
/// <param name="Text">What happened and what a person can do; sentences on lines of their own.</param>
public sealed record Notice(string Id, string Kind, string Dataset, DateTimeOffset At, LocalText Title, LocalText Text);
