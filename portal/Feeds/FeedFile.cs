namespace OpenData.Portal.Feeds;

/// <summary>A file that a feed's reader may fetch at once.</summary>
/// <param name="Url">Absolute address.</param>
/// <param name="MediaType">Its type.</param>
/// <param name="Bytes">Its length.</param>
internal sealed record FeedFile(string Url, string MediaType, long Bytes);
