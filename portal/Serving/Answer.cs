namespace OpenData.Portal.Serving;

/// <summary>A small answer as a whole, ready to be sent again and again.</summary>
/// <param name="Body">The bytes.</param>
/// <param name="ContentType">Their media type.</param>
internal sealed record Answer(ReadOnlyMemory<byte> Body, string ContentType);
