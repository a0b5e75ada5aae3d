namespace OpenData.Ingest.Sources;

/// <summary>A filled address with what the source knows us by. Both may hold secrets: never logged.</summary>
/// <param name="Address">The address.</param>
/// <param name="Credential">A header and its value; null when the source asks nobody.</param>
internal sealed record HttpTarget(Uri Address, (string Header, string Value)? Credential)
{
    /// <summary>Nothing of the values.</summary>
    public override string ToString() => nameof(HttpTarget);
}
