using OpenData.Catalogs;

namespace OpenData.Warehouse.Scoring.Explanation;

/// <summary>An anomaly as a sentence. Codes stand for units and components; pages put names beside them.</summary>
public static class AnomalyText
{
    /// <summary>The sentence in both languages.</summary>
    public static LocalText Of(Anomaly anomaly) => anomaly switch
    {
        Anomaly.Contradiction c => new(
            $"{c.Unit}, chỉ số {c.Component}: {AnswerProblemText.Of(c.Problem).Vi}.",
            $"{c.Unit}, component {c.Component}: {AnswerProblemText.Of(c.Problem).En}."),
        Anomaly.Jump j => new(
            $"{j.Unit}, chỉ số {j.Component}: {NumberText.Vietnamese.Percent(j.Before)} kỳ trước, {NumberText.Vietnamese.Percent(j.Now)} kỳ này.",
            $"{j.Unit}, component {j.Component}: {NumberText.English.Percent(j.Before)} in the round before, {NumberText.English.Percent(j.Now)} now."),
        Anomaly.SameEvidence e => new(
            $"Cùng một tệp minh chứng được dùng {NumberText.Vietnamese.Of(e.Uses.Count)} lần: {Places(e)}.",
            $"The same file is given as evidence {NumberText.English.Of(e.Uses.Count)} times: {Places(e)}."),
        Anomaly.SameAnswers s => new(
            $"{s.Unit} và {s.Other} khai giống nhau ở {NumberText.Vietnamese.Of(s.Same)} trên {NumberText.Vietnamese.Of(s.Compared)} chỉ số có số liệu.",
            $"{s.Unit} and {s.Other} gave the same amounts in {NumberText.English.Of(s.Same)} of {NumberText.English.Of(s.Compared)} components."),
        _ => throw new ArgumentException($"{anomaly.GetType().Name} has no words.", nameof(anomaly)),
    };

    private static string Places(Anomaly.SameEvidence evidence) => string.Join(", ", evidence.Uses.Select(u => $"{u.Unit} {u.Component}"));
}
