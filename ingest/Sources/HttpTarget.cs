namespace OpenData.Ingest.Sources;

/// <summary>A filled address with what the source knows us by. Both may hold secrets: never logged.</summary>
/// <param name="Address">The address.</param>
/// <param name="Credential">A header and its value; null when the source asks nobody, or asks for a token.</param>
/// <param name="Client">Who asks for a token; null when none is needed.</param>
internal sealed record HttpTarget(Uri Address, (string Header, string Value)? Credential, OAuthClient? Client)
{
    /// <summary>Nothing of the values.</summary>
    public override string ToString() => nameof(HttpTarget);
}
