using OpenData.Catalogs.Frameworks;

namespace OpenData.Warehouse.Scoring;

/// <summary>What a formula makes of an answer: a share, or that the component does not apply, or what is wrong.</summary>
internal readonly record struct ShareResult(decimal Share, bool Applies, AnswerProblem? Problem)
{
    internal static ShareResult Of(decimal share) => new(share, true, null);

    internal static ShareResult Of(ZeroRule rule) => rule switch
    {
        ZeroRule.Full => Of(1m),
        ZeroRule.NotApplicable => new ShareResult(0, false, null),
        _ => Of(0m),
    };

    internal static ShareResult Refused(AnswerProblem problem) => new(0, true, problem);
}
