using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;
using OpenData.Warehouse.Landing;
using OpenData.Warehouse.ScoreTables;

namespace OpenData.Ingest.Sources;

/// <summary>What is published of assessment rounds: one table of the newest public revision of each, landed as one JSON array.</summary>
internal sealed class ScoresSource(PublishedRounds rounds, string catalogFolder, TimeProvider clock) : ISource
{
    public async Task<IReadOnlyList<LandedFile>> FetchAsync(SourceRead read, CancellationToken token)
    {
        var table = ScoreTableWord.Of(read.Contract.Source.Table) ?? throw SourceFailure.Of(
            SourceErrors.BindingUnusable, "Hợp đồng không nêu bảng kết quả đánh giá nào.", "The contract names no table of results.");
        var now = clock.GetUtcNow();
        var published = await rounds.ReadAsync(now, token);
        if (published.FirstOrDefault(r => !r.IsAsPublished) is { } altered)
        {
            throw SourceFailure.Of(
                SourceErrors.ResultsDiffer,
                $"Kết quả của đợt {altered.Round.Id} khác kết quả đã công bố.",
                $"The results of round {altered.Round.Id} are not those that were published.");
        }

        var frameworks = table == ScoreTable.Frameworks
            ? FrameworkReader.Read(catalogFolder, CatalogReader.Read(catalogFolder).Catalog).Frameworks
            : [];
        await using var body = new ScoreTableStream(ScoreTableRows.Of(table, published, frameworks));
        return [await read.Land(new SourceBody(body, $"rounds#{read.Contract.Source.Table}", now), token)];
    }
}
