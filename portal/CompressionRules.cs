using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using OpenData.Portal.Downloads;

namespace OpenData.Portal;

/// <summary>Packs answers on the way, but for those that were packed by choice.</summary>
internal sealed class CompressionRules(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    /// <inheritdoc/>
    public override bool ShouldCompressResponse(HttpContext context)
        => context.Features.Get<OwnEncoding>() is null && base.ShouldCompressResponse(context);
}
