namespace OpenData.Portal.Feeds;

/// <summary>A feed in one language, before it has a form.</summary>
/// <param name="Title">Title.</param>
/// <param name="Language"><c>vi</c> or <c>en</c>.</param>
/// <param name="SelfUrl">Absolute address of the feed in the asked form.</param>
/// <param name="HomeUrl">Absolute address of the page that shows the same.</param>
/// <param name="Author">Name of the portal.</param>
/// <param name="Items">Newest first.</param>
internal sealed record Feed(string Title, string Language, string SelfUrl, string HomeUrl, string Author, IReadOnlyList<FeedItem> Items);
