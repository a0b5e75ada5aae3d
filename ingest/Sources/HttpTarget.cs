namespace OpenData.Ingest.Sources;

/// <summary>A filled address with its token. Both may hold secrets: never logged.</summary>
internal sealed record HttpTarget(Uri Address, string? Bearer)
{
    /// <summary>Nothing of the values.</summary>
    public override string ToString() => nameof(HttpTarget);
}
