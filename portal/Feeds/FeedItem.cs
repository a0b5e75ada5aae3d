namespace OpenData.Portal.Feeds;

/// <summary>One new version.</summary>
/// <param name="Id">Stable and unique: the version's own address in the API.</param>
/// <param name="Url">Absolute address of the page of versions, at this one.</param>
/// <param name="Title">Title of the dataset and how many rows changed.</param>
/// <param name="Text">What changed, and why where somebody wrote it down.</param>
/// <param name="Author">Who answers for the data.</param>
/// <param name="Theme">Subject heading.</param>
/// <param name="PublishedAt">When it was published.</param>
/// <param name="ChangesUrl">Absolute address of what changed since the version before; null when that cannot be read.</param>
/// <param name="File">The whole table; null when it is no longer kept.</param>
internal sealed record FeedItem(
    string Id,
    string Url,
    string Title,
    string Text,
    string Author,
    string Theme,
    DateTimeOffset PublishedAt,
    string? ChangesUrl,
    FeedFile? File);
