namespace OpenData.Ingest.Sources;

/// <summary>A filled client of a token endpoint. It holds a secret: never logged.</summary>
/// <param name="Address">Token endpoint.</param>
/// <param name="Id">Id of the client.</param>
/// <param name="Secret">Its secret.</param>
/// <param name="Scope">Scopes asked for; null asks for none.</param>
/// <param name="IsInBody">True when the endpoint takes id and secret in the form.</param>
internal sealed record OAuthClient(Uri Address, string Id, string Secret, string? Scope, bool IsInBody)
{
    /// <summary>Nothing of the values.</summary>
    public override string ToString() => nameof(OAuthClient);
}
