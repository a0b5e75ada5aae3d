using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Tokens;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Accounts;

namespace OpenData.Portal.Access;

/// <summary>
/// Reads the bearer token of a request. Only where a door asks for it: public addresses never look at tokens, the administration takes none. The
/// algorithms are those with a public key; <c>none</c> and those with a shared secret are refused, whatever a token says of itself.
/// </summary>
internal sealed class BearerTokens
{
    /// <summary>Longest token: 16 KiB.</summary>
    public const int LettersMax = 16 * 1024;

    private const string Scheme = "Bearer ";

    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly TokenOptions? _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<BearerTokens> _log;
    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = LettersMax, MapInboundClaims = false };
    private readonly ConfigurationManager<TokenKeys>? _keys;

    public BearerTokens(PortalOptions options, TimeProvider clock, ILogger<BearerTokens> log)
    {
        (_options, _clock, _log) = (options.Tokens, clock, log);
        _keys = _options is null ? null : TokenKeys.Kept(_options.Keys);
    }

    /// <summary>False when no provider is configured: every token is refused.</summary>
    public bool AreTaken => _options is not null;

    /// <summary>Who the token is of.</summary>
    /// <param name="authorization">The header as it came.</param>
    /// <param name="token">Ends the wait.</param>
    /// <exception cref="OpenDataException"><see cref="AccessErrors.TokenRefused"/>, <see cref="AccessErrors.KeysUnavailable"/>.</exception>
    public async Task<Caller> ReadAsync(StringValues authorization, CancellationToken token)
    {
        if (_options is null || _keys is null)
        {
            throw Refused("no provider is configured");
        }

        if (authorization.Count != 1 || authorization[0] is not { } header || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            throw Refused("no bearer token in the header");
        }

        var text = header[Scheme.Length..].Trim();
        if (text.Length is 0 or > LettersMax)
        {
            throw Refused("too short or too long");
        }

        await RequireKeysAsync(_keys, token);
        var result = await _handler.ValidateTokenAsync(text, Rules(_options, _keys));
        return result is { IsValid: true, SecurityToken: JsonWebToken valid }
            ? CallerOf(valid, _options)
            : throw Refused(result.Exception?.GetType().Name ?? "not valid");
    }

    private TokenValidationParameters Rules(TokenOptions options, BaseConfigurationManager keys) => new()
    {
        ValidIssuer = options.Issuer,
        ValidAudience = options.Audience,
        ValidAlgorithms = Algorithms,

        // Other kinds of tokens of the same provider (a logout, a proof) are signed with the same keys.
        ValidTypes = ["JWT", "jwt", "at+jwt", "application/at+jwt"],
        ConfigurationManager = keys,
        ValidateIssuerSigningKey = true,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        LifetimeValidator = (from, until, _, _) => IsInTime(from, until, _clock.GetUtcNow().UtcDateTime),
    };

    /// <summary>Pure: whether a token holds now. One without an end never does.</summary>
    internal static bool IsInTime(DateTime? from, DateTime? until, DateTime now)
        => until is { } end && now - TokenOptions.ClockSkew < end && (from is not { } start || now + TokenOptions.ClockSkew >= start);

    private static async Task RequireKeysAsync(ConfigurationManager<TokenKeys> keys, CancellationToken token)
    {
        try
        {
            await keys.GetConfigurationAsync(token);
        }
        catch (Exception unreadable) when (unreadable is not OperationCanceledException || !token.IsCancellationRequested)
        {
            throw new OpenDataException(
                AccessErrors.KeysUnavailable,
                new LocalText("Chưa đọc được khoá công khai của nhà cung cấp danh tính.", "The public keys of the identity provider cannot be read at the moment."),
                inner: unreadable);
        }
    }

    private Caller CallerOf(JsonWebToken valid, TokenOptions options)
    {
        using var payload = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(valid.EncodedPayload));
        var claims = payload.RootElement;
        var name = TokenClaims.Name(claims, options.NameClaim) ?? throw Refused("no name in the claim for it");
        var roles = TokenClaims.Texts(claims, options.RolesClaim)
            .Where(options.Roles.ContainsKey).Select(r => options.Roles[r]).Distinct().Order().ToList();
        var units = TokenClaims.Texts(claims, options.UnitsClaim)
            .Where(UnitCodes.IsCode).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return new Caller(name, CallerWay.Token, new ScoringRights(ScoringRights.TokenMark + name, roles, units));
    }

    // The log has the kind of the mistake; the token and its claims go nowhere, and the caller learns only what is looked at.
    private OpenDataException Refused(string reason)
    {
        _log.LogInformation("A bearer token was refused: {Reason}", reason);
        return new OpenDataException(AccessErrors.TokenRefused, new LocalText(
            "Mã truy cập không được chấp nhận: cổng kiểm tra chữ ký, nơi cấp, nơi nhận và thời hạn.",
            "The token is not accepted: signature, issuer, audience and time are looked at."));
    }
}
