using System.Security.Cryptography;
using System.Text;

namespace OpenData.SampleAgencies;

/// <summary>Lets in who shows the token; others get 401.</summary>
internal sealed class BearerToken(string token) : IEndpointFilter
{
    private readonly byte[] _expected = Encoding.UTF8.GetBytes("Bearer " + token);

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var shown = Encoding.UTF8.GetBytes(context.HttpContext.Request.Headers.Authorization.ToString());
        if (CryptographicOperations.FixedTimeEquals(shown, _expected))
        {
            return await next(context);
        }

        context.HttpContext.Response.Headers.WWWAuthenticate = "Bearer";
        return Results.Json(new { error = "a bearer token is needed" }, statusCode: StatusCodes.Status401Unauthorized);
    }
}
