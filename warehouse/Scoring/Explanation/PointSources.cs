using OpenData.Catalogs.Frameworks;

namespace OpenData.Warehouse.Scoring.Explanation;

/// <summary>Pure: a unit's score → how much of it is automatic, verified and self-reported.</summary>
public static class PointSources
{
    /// <summary>One entry for each source, the best founded first. A component of which no source is known counts as self-reported: nothing looks better than it is.</summary>
    /// <param name="framework">The framework of the score.</param>
    /// <param name="score">The score.</param>
    /// <param name="sources">Sources by code of the component.</param>
    public static IReadOnlyList<SourceShare> Of(Framework framework, UnitScore score, IReadOnlyDictionary<string, AnswerSource> sources)
    {
        var points = Contributions.Counted(framework, score)
            .ToLookup(c => sources.TryGetValue(c.Score.Component, out var source) ? source : AnswerSource.SelfReported, c => c.Score.Points);
        return [.. Enum.GetValues<AnswerSource>().Select(s => new SourceShare(s, points[s].Sum(), score.Total.Points == 0 ? 0 : points[s].Sum() / score.Total.Points))];
    }
}
