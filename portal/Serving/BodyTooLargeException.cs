namespace OpenData.Portal.Serving;

/// <summary>An answer outgrew <see cref="HeldBody"/>; it has to be streamed.</summary>
internal sealed class BodyTooLargeException() : Exception("The answer is too large to be held in memory.");
