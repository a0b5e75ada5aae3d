namespace OpenData.Portal.Scores.Boards;

/// <summary>The published tables that boards are made of.</summary>
/// <param name="Scores">Rows of <c>dti_scores</c>.</param>
/// <param name="Ranks">Rows of <c>dti_ranks</c>.</param>
/// <param name="Components">Rows of <c>dti_component_scores</c>.</param>
/// <param name="Evidence">Rows of <c>dti_evidence</c>.</param>
/// <param name="Frameworks">Rows of <c>dti_frameworks</c>.</param>
internal sealed record BoardTables(
    IReadOnlyList<TableRow> Scores, IReadOnlyList<TableRow> Ranks, IReadOnlyList<TableRow> Components, IReadOnlyList<TableRow> Evidence, IReadOnlyList<TableRow> Frameworks)
{
    /// <summary>Ids of the datasets, in the order of the properties.</summary>
    public static readonly IReadOnlyList<string> Datasets = ["dti_scores", "dti_ranks", "dti_component_scores", "dti_evidence", "dti_frameworks"];
}
