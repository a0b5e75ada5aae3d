namespace OpenData.Portal.Serving;

/// <summary>A query whose answer is made in memory, as the lanes see it.</summary>
/// <param name="Dataset">The version that is asked.</param>
/// <param name="IsQuick">True when the form alone says that it takes a few milliseconds: by key, or a short page in physical order.</param>
/// <param name="Shape">The query without its values: what one of a shape costs, the next one of it will cost too.</param>
internal sealed record Question(ServedDataset Dataset, bool IsQuick, string Shape)
{
    /// <summary>Most rows of a page in physical order that is quick.</summary>
    public const int QuickRowsMax = 1_000;

    /// <summary>A table of at most so many rows is scanned and sorted within some milliseconds. Default 50,000.</summary>
    public int SmallTableRowsMax { get; init; } = 50_000;

    /// <summary>True when all tables that it reads are small.</summary>
    public bool IsSmall => Dataset.Manifest.Rows <= SmallTableRowsMax && Dataset.Related.All(r => r.Manifest.Rows <= SmallTableRowsMax);
}
