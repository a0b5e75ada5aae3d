using System.Globalization;
using OpenData.Catalogs;
using OpenData.Warehouse.Landing;

namespace OpenData.Ingest.Sources;

/// <summary>
/// The pages of a JSON endpoint, an OData service or a CKAN portal. Pages that repeat, shift or do not add up to the declared total void the reading: a short list is
/// never taken for the whole.
/// </summary>
internal sealed class HttpJsonSource(HttpBodies bodies, RetryPolicy retry, SourceLimits limits) : ISource
{
    public Task<IReadOnlyList<LandedFile>> FetchAsync(SourceRead read, CancellationToken token)
    {
        var target = bodies.TargetOf(read.Contract.Source);
        if (IsCkan(read.Contract.Source))
        {
            target = target with { Address = CkanAddress.Of(target.Address, read.Contract) };
        }

        // The outer try begins again at the first page when the source changed under our hands.
        return retry.RunAsync(() => TraverseAsync(target, read, token), token);
    }

    private async Task<IReadOnlyList<LandedFile>> TraverseAsync(HttpTarget target, SourceRead read, CancellationToken token)
    {
        var source = read.Contract.Source;
        var landed = new List<LandedFile>();
        var progress = new PageProgress(source, hasKey: read.Contract.Key is not ["row"], limits);
        var key = RecordKey.PathsOf(read.Contract);
        for (var address = PageAddress.First(target.Address, read); address is not null;)
        {
            progress.CheckAddress(address);
            var origin = string.Create(CultureInfo.InvariantCulture, $"{source.Url}#page={progress.Pages + 1}");
            var (page, facts) = await retry.RunAsync(() => ReadAsync(target, address, origin, source, key, token), token);
            progress.CheckPage(facts);
            if (facts.Records > 0 || landed.Count == 0)
            {
                using var body = new MemoryStream(page.Bytes, writable: false);
                landed.Add(await read.Land(new SourceBody(body, origin, page.FetchedAt), token));
            }

            address = PageAddress.Next(target.Address, address, source, page, facts, progress);
        }

        progress.CheckTotal();
        return landed;
    }

    private async Task<(HttpPage Page, JsonPage Facts)> ReadAsync(
        HttpTarget target, Uri address, string origin, SourceBinding source, IReadOnlyList<string[]> key, CancellationToken token)
    {
        var page = await bodies.ReadPageAsync(target, address, origin, IsCkan(source) ? CkanAnswer.Explains : null, token);
        return (page, JsonPage.Read(page, source, key));
    }

    private static bool IsCkan(SourceBinding source) => source.Kind == "ckan";
}
