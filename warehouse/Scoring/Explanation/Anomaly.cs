namespace OpenData.Warehouse.Scoring.Explanation;

/// <summary>Something that a person should look at. It accuses nobody: each kind has innocent causes too.</summary>
/// <param name="Unit">Code of the unit; the first by code where several are concerned.</param>
public abstract record Anomaly(string Unit)
{
    /// <summary>Every unit that it concerns, each once.</summary>
    public virtual IReadOnlyList<string> Units => [Unit];

    /// <summary>An answer that contradicts itself, such as a part greater than its whole.</summary>
    public sealed record Contradiction(string Unit, string Component, AnswerProblem Problem) : Anomaly(Unit);

    /// <summary>A share that is far from that of the round before.</summary>
    public sealed record Jump(string Unit, string Component, decimal Before, decimal Now) : Anomaly(Unit);

    /// <summary>The same file given as evidence more than once.</summary>
    public sealed record SameEvidence(string Unit, string Sha256, IReadOnlyList<EvidenceUse> Uses) : Anomaly(Unit)
    {
        /// <inheritdoc/>
        public override IReadOnlyList<string> Units => [.. Uses.Select(u => u.Unit).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Two units whose amounts are the same in nearly all components.</summary>
    public sealed record SameAnswers(string Unit, string Other, int Same, int Compared) : Anomaly(Unit)
    {
        /// <inheritdoc/>
        public override IReadOnlyList<string> Units => [Unit, Other];
    }
}
