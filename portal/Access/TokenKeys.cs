using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Tokens;

namespace OpenData.Portal.Access;

/// <summary>
/// The public keys of the identity provider, as its JWKS has them: RSA of at least 2,048 bits and elliptic curves. A secret that is shared is no
/// public key and is passed over, or whoever reads the JWKS could sign.
/// </summary>
internal sealed class TokenKeys : BaseConfiguration
{
    private const int RsaBitsMin = 2_048;
    private const int BytesMax = 1024 * 1024;

    private TokenKeys(IEnumerable<SecurityKey> keys)
    {
        foreach (var key in keys)
        {
            SigningKeys.Add(key);
        }
    }

    /// <summary>Keeps the keys of a file or address: read again every hour, and soon after a token names a key that is not known.</summary>
    public static ConfigurationManager<TokenKeys> Kept(string keys)
    {
        IDocumentRetriever reader = TokenOptions.IsAddress(keys)
            ? new HttpDocumentRetriever(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
            {
                Timeout = TimeSpan.FromSeconds(10),
                MaxResponseContentBufferSize = BytesMax,
            })
            {
                RequireHttps = !new Uri(keys).IsLoopback,
            }
            : new FileDocumentRetriever();
        return new ConfigurationManager<TokenKeys>(keys, new Retriever(), reader)
        {
            AutomaticRefreshInterval = TimeSpan.FromHours(1),
            RefreshInterval = TimeSpan.FromSeconds(5),
        };
    }

    /// <summary>The usable keys of a JWKS.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    internal static TokenKeys Parse(string jwks)
    {
        var usable = new JsonWebKeySet(jwks).Keys.Where(k => k.Use is null or "" or "sig").Where(IsPublicKey).ToList();
        return usable.Count > 0 ? new TokenKeys(usable) : throw new InvalidOperationException("The JWKS has no RSA key of 2,048 bits or more and no elliptic one.");
    }

    private static bool IsPublicKey(JsonWebKey key) => key.Kty switch
    {
        JsonWebAlgorithmsKeyTypes.RSA => key.N is { Length: > 0 } && key.E is { Length: > 0 } && 8 * Base64UrlEncoder.DecodeBytes(key.N).Length >= RsaBitsMin,
        JsonWebAlgorithmsKeyTypes.EllipticCurve => key.X is { Length: > 0 } && key.Y is { Length: > 0 },
        _ => false,
    };

    private sealed class Retriever : IConfigurationRetriever<TokenKeys>
    {
        public async Task<TokenKeys> GetConfigurationAsync(string address, IDocumentRetriever retriever, CancellationToken cancel)
            => Parse(await retriever.GetDocumentAsync(address, cancel));
    }
}
