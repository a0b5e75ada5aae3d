using OpenData.Warehouse.Landing;

namespace OpenData.Ingest.Sources;

/// <summary>One body behind an address: CSV, XLSX, NDJSON or GeoJSON over HTTP.</summary>
internal sealed class HttpFileSource(HttpBodies bodies, RetryPolicy retry, SourceLimits limits) : ISource
{
    public async Task<IReadOnlyList<LandedFile>> FetchAsync(SourceRead read, CancellationToken token)
    {
        var target = bodies.TargetOf(read.Contract.Source);
        var landed = await retry.RunAsync(
            () => bodies.ReadAsync(target, target.Address, limits.BodyBytesMax, read.Contract.Source.Url!, read.Land, token),
            token);
        return [landed];
    }
}
