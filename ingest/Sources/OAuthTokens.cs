using System.Collections.Concurrent;
using System.Text;

namespace OpenData.Ingest.Sources;

/// <summary>Access tokens by client credentials (RFC 6749, 4.4): asked for when first needed, kept in memory until shortly before their end.</summary>
internal sealed class OAuthTokens(SourceHttp http, SourceLimits limits, TimeProvider clock)
{
    private const int AnswerBytesMax = 64 << 10;

    private readonly ConcurrentDictionary<OAuthClient, OAuthToken> _kept = new();

    /// <summary>A token that the source will probably take.</summary>
    /// <param name="client">Whose.</param>
    /// <param name="refused">One that the source did not take, however long it says to last; null at first.</param>
    /// <param name="token">Cancels.</param>
    internal async Task<string> TokenAsync(OAuthClient client, string? refused, CancellationToken token)
    {
        if (_kept.TryGetValue(client, out var kept) && kept.Value != refused && clock.GetUtcNow() < kept.Until)
        {
            return kept.Value;
        }

        // Two runs may ask at the same time; either token is good.
        var fresh = await AskAsync(client, token);
        _kept[client] = fresh;
        return fresh.Value;
    }

    private async Task<OAuthToken> AskAsync(OAuthClient client, CancellationToken token)
    {
        CheckAddress(client.Address);
        var asked = clock.GetUtcNow();
        using var response = await http.PostAsync(client.Address, Credential(client), Form(client), r => (int)r.StatusCode is 400 or 401, token);
        await using var raw = await response.Content.ReadAsStreamAsync(token);
        await using var body = new GuardedStream(raw, response.Content.Headers.ContentLength, AnswerBytesMax, limits.Read, asked + limits.Answer, clock);
        using var memory = new MemoryStream();
        await body.CopyToAsync(memory, token);
        return (int)response.StatusCode == 200 ? OAuthToken.Read(memory.ToArray(), asked) : throw OAuthToken.Refused(memory.ToArray());
    }

    // A secret goes over an open line to hosts of our own network only.
    private void CheckAddress(Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttps && !http.Guard.Lists(address.Host, address.Port))
        {
            throw SourceFailure.Of(
                SourceErrors.BindingUnusable, "Địa chỉ của máy chủ cấp token phải là https.", "The token endpoint's address must be https.");
        }
    }

    // RFC 6749, 2.3.1: both are form-encoded before they are joined.
    private static (string Header, string Value)? Credential(OAuthClient client) => client.IsInBody
        ? null
        : ("Authorization", "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Encoded(client.Id)}:{Encoded(client.Secret)}")));

    private static string Encoded(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    private static Dictionary<string, string> Form(OAuthClient client)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal) { ["grant_type"] = "client_credentials" };
        if (client.Scope is not null)
        {
            form["scope"] = client.Scope;
        }

        if (client.IsInBody)
        {
            (form["client_id"], form["client_secret"]) = (client.Id, client.Secret);
        }

        return form;
    }
}
