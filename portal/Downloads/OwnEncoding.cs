namespace OpenData.Portal.Downloads;

/// <summary>Marks routes that choose their content coding themselves: strong tags and ranges name exact bytes, so nothing may pack them anew.</summary>
internal sealed class OwnEncoding;
