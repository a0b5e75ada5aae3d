using OpenData.Catalogs.Frameworks;
using OpenData.Warehouse.Rounds;

namespace OpenData.Warehouse.ScoreTables;

/// <summary>A published revision of a round with its results, as the public may see it.</summary>
/// <param name="Content">The round as it stood when the revision was published: later entries are none of it.</param>
/// <param name="Revision">The revision.</param>
/// <param name="Framework">The framework that the round froze.</param>
/// <param name="Result">The three results.</param>
public sealed record PublishedRound(RoundContent Content, RoundRevision Revision, Framework Framework, RoundResult Result)
{
    /// <summary>The round.</summary>
    public Round Round => Content.Round;

    /// <summary>From when the public sees it: its embargo, or the moment of its publication.</summary>
    public DateTimeOffset PublicAt => Revision.NotBefore is { } embargo && embargo > Revision.PublishedAt ? embargo : Revision.PublishedAt;

    /// <summary>Computes the results of a revision.</summary>
    /// <param name="content">The round as it stood at the revision's last change.</param>
    /// <param name="revision">The revision.</param>
    public static PublishedRound Of(RoundContent content, RoundRevision revision)
        => new(content, revision, content.Round.FrozenFramework(), RoundResults.Of(content));

    /// <summary>True when the results are those that were published: nobody has changed the state database behind them.</summary>
    public bool IsAsPublished => string.Equals(RoundResultHash.Of(Result), Revision.ResultHash, StringComparison.Ordinal);
}
