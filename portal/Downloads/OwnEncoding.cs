namespace OpenData.Portal.Downloads;

/// <summary>
/// Put into a request's features by whoever chooses the content coding itself: strong tags and ranges name exact bytes, so nothing may pack
/// them anew on the way.
/// </summary>
internal sealed class OwnEncoding;
