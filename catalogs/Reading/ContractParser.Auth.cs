using System.Text.RegularExpressions;
using OpenData.Catalogs.Errors;

namespace OpenData.Catalogs.Reading;

/// <content>How a source knows us.</content>
internal sealed partial class ContractParser
{
    private static SourceAuth? ReadAuth(Fields source)
    {
        if (source.Map("auth", "auth") is not { } auth)
        {
            return null;
        }

        var header = auth.Text("header", 64);
        var given = new List<SourceAuth>();
        foreach (var style in ContractWords.AuthStyles)
        {
            if ((style == "oauth" ? ReadOAuth(auth) : ReadSecret(auth, style, header)) is { } one)
            {
                given.Add(one);
            }
        }

        if (given.Count != 1)
        {
            if (given.Count == 0)
            {
                auth.Missing("bearer", "nor `basic`, `key` or `oauth`");
            }
            else
            {
                auth.Report(CatalogErrors.Contradiction, given[^1].Style, $"`{given[0].Style}` and `{given[^1].Style}` both stand here; keep one");
            }

            return null;
        }

        if (auth.Has("header") != (given[0].Style == "key"))
        {
            auth.Report(CatalogErrors.Contradiction, auth.Has("header") ? "header" : "key", "`key` and `header` go together; write both or neither");
        }
        else if (header is not null && (!HeaderPattern().IsMatch(header) || ContractWords.TransportHeaders.Contains(header, StringComparer.OrdinalIgnoreCase)))
        {
            auth.Bad("header", $"`header` is `{YamlTree.Shown(header)}`; write the name of a header that carries a key, for example X-Api-Key");
        }

        return given[0];
    }

    private static SourceAuth? ReadSecret(Fields auth, string style, string? header)
    {
        if (auth.Text(style, UrlCharactersMax) is not { } secret)
        {
            return null;
        }

        CheckSecret(auth, style, secret);
        return new SourceAuth(style, secret) { Header = style == "key" ? header : null };
    }

    private static SourceAuth? ReadOAuth(Fields auth)
    {
        if (auth.Map("oauth", "oauth") is not { } oauth)
        {
            return null;
        }

        var address = ReadUrl(oauth, "token_url");
        var id = oauth.Text("client_id", UrlCharactersMax);
        if (id is not null)
        {
            CheckPlaceholders(oauth, "client_id", id);
        }

        var secret = oauth.Text("client_secret", UrlCharactersMax);
        if (secret is not null)
        {
            CheckSecret(oauth, "client_secret", secret);
        }

        var scope = oauth.Text("scope", 500);
        if (scope is not null && !ScopePattern().IsMatch(scope))
        {
            oauth.Bad("scope", $"`scope` is `{YamlTree.Shown(scope)}`; write words with one space between them");
        }

        return new SourceAuth("oauth", secret ?? "")
        {
            OAuth = new OAuthBinding(address ?? "", id ?? "")
            {
                Scope = scope,
                Credentials = oauth.Word("credentials", ContractWords.OAuthCredentials, ContractShapes.Default("oauth", "credentials")),
            },
        };
    }

    private static void CheckSecret(Fields auth, string style, string secret)
    {
        if (Placeholder().Match(secret) is not { Success: true, Index: 0 } match || match.Length != secret.Length)
        {
            // The sentence must not repeat what may be a secret.
            auth.Report(CatalogErrors.SecretOrPlaceholder, style, $"`{style}` is not a placeholder; a secret never stands in a contract, write ${{NAME}} and set NAME in configuration");
        }
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9-]{0,63}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HeaderPattern();

    // RFC 6749, 3.3.
    [GeneratedRegex(@"\A[\x21\x23-\x5B\x5D-\x7E]+( [\x21\x23-\x5B\x5D-\x7E]+)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ScopePattern();
}
