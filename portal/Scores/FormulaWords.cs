using System.Globalization;
using OpenData.Catalogs.Frameworks;
using OpenData.Portal.Errors;
using OpenData.Portal.Pages;
using OpenData.Warehouse.Scoring.Explanation;

namespace OpenData.Portal.Scores;

/// <summary>Pure: a formula in words, with the points of its component filled in.</summary>
internal static class FormulaWords
{
    /// <summary>One or two sentences: what earns how many points.</summary>
    public static string Sentence(Formula formula, decimal points, string language)
    {
        var (english, max) = (language == Language.English, Points(points, language));
        return formula switch
        {
            Formula.Boolean => english ? $"Yes earns {max}, no earns nothing." : $"Có thì được {max}, không thì không có điểm.",
            Formula.Levels levels => (english ? "By level: " : "Theo mức đạt được: ") + Listed(levels.Of, points, language) + ".",
            Formula.Parts parts => english
                ? $"Each part that is done adds its points: {Listed(parts.Of, points, language)}. A part half done adds half of them."
                : $"Mỗi phần hoàn thành được cộng điểm riêng: {Listed(parts.Of, points, language)}. Phần làm dở được tính theo tỷ lệ.",
            Formula.Steps steps => (english ? "By count n: " : "Theo số lượng n: ") + Reached(steps.Of, points, language, shares: false),
            Formula.Ratio => english ? $"The share a ÷ b of {max}." : $"Tỷ lệ a ÷ b, nhân với {max}.",
            Formula.RatioCapped capped => english
                ? $"a ÷ b against a target of {Target(capped.Target, language)}: the target or more earns {max}, less earns in proportion."
                : $"So a ÷ b với mục tiêu {Target(capped.Target, language)}: đạt hoặc vượt được {max}, chưa đạt thì tính theo tỷ lệ.",
            Formula.Tiers tiers => (english ? "By a ÷ b: " : "Theo a ÷ b: ") + Reached(tiers.Of, points, language, shares: tiers.Of.All(t => t.From <= 1)),
            Formula.RelativeToBest => english
                ? $"The best a ÷ b of the league earns {max}; every other unit earns in proportion to it."
                : $"Đơn vị có a ÷ b cao nhất nhóm xếp hạng được {max}; đơn vị khác tính theo tỷ lệ so với mức đó.",
            Formula.CountCapped count => english
                ? $"n of {Number(count.Full, language)}: that many or more earns {max}, fewer in proportion."
                : $"So n với {Number(count.Full, language)}: đủ số đó trở lên được {max}, ít hơn thì tính theo tỷ lệ.",
            Formula.Growth growth => english
                ? $"Growth (now − before) ÷ before against a target of {Target(growth.Target, language)}: the target earns {max}, less in proportion, no growth nothing."
                : $"So mức tăng (now − before) ÷ before với mục tiêu {Target(growth.Target, language)}: đạt được {max}, thấp hơn thì tính theo tỷ lệ, không tăng thì không có điểm.",
            Formula.Inverse => english ? $"The share 1 − a ÷ b of {max}: the smaller a, the better." : $"Phần còn lại 1 − a ÷ b, nhân với {max}: a càng nhỏ càng tốt.",
            Formula.Goalpost posts => english
                ? $"From {Number(posts.Min, language)} (nothing) to {Number(posts.Max, language)} ({max}), in proportion between."
                : $"Từ {Number(posts.Min, language)} (không có điểm) đến {Number(posts.Max, language)} ({max}), ở giữa tính theo tỷ lệ.",
            Formula.Survey survey => english
                ? $"The survey's score ÷ {Number(survey.Scale, language)}, of {max}."
                : $"Điểm khảo sát ÷ {Number(survey.Scale, language)}, nhân với {max}.",
            Formula.External => english ? $"The points that another body published, at most {max}." : $"Lấy nguyên điểm do cơ quan khác công bố, nhiều nhất {max}.",
            _ => formula.Kind,
        };
    }

    /// <summary>What becomes of answers that the sentence does not cover: nothing of nothing, too much, none, not applicable.</summary>
    public static IEnumerable<string> Rules(Component component, string language)
    {
        var english = language == Language.English;
        if (ZeroOf(component.Formula) is { } zero)
        {
            var of = component.Formula is Formula.Growth ? (Vi: "Kỳ trước bằng 0", En: "Nothing before") : (Vi: "Không có gì để chia (a = 0, b = 0)", En: "Nothing of nothing (a = 0, b = 0)");
            yield return english
                ? $"{of.En}: {zero switch { ZeroRule.Zero => "no points", ZeroRule.Full => "all points", _ => "the component does not apply to the unit" }}."
                : $"{of.Vi}: {zero switch { ZeroRule.Zero => "không có điểm", ZeroRule.Full => "được đủ điểm", _ => "coi như chỉ số không áp dụng cho đơn vị" }}.";
        }

        if (AboveOf(component.Formula) is { } above)
        {
            yield return above == AboveRule.Error
                ? english ? "a above b is a mistake and earns nothing until it is corrected." : "a lớn hơn b là khai sai: không có điểm cho đến khi sửa."
                : english ? "a above b counts as b." : "a lớn hơn b thì tính như bằng b.";
        }

        yield return component.NotApplicable switch
        {
            NotApplicableRule.Redistribute => english ? "Where it does not apply to a unit, its points go to the other components of the index, in proportion." : "Không áp dụng cho một đơn vị thì điểm được chia cho các chỉ số khác cùng nhóm, theo tỷ lệ.",
            NotApplicableRule.Exclude => english ? "Where it does not apply to a unit, its points leave that unit's maximum." : "Không áp dụng cho một đơn vị thì điểm tối đa của đơn vị đó giảm đi.",
            _ => english ? "Where it does not apply to a unit, its points stay in the maximum and are not reached." : "Không áp dụng cho một đơn vị thì điểm tối đa vẫn giữ nguyên và đơn vị không có điểm này.",
        };
        yield return component.Missing switch
        {
            MissingRule.Zero => english ? "Without an answer it earns nothing." : "Không khai thì không có điểm.",
            MissingRule.Previous => english ? "Without an answer the result of the round before stands." : "Không khai thì lấy kết quả của kỳ trước.",
            _ => english ? "Without an answer its points leave the maximum." : "Không khai thì điểm tối đa giảm đi.",
        };
        if (component.Decimals is { } decimals)
        {
            yield return english
                ? $"Its points are rounded to {Number(decimals, language)} decimals before they are added, half away from zero."
                : $"Điểm được làm tròn đến {Number(decimals, language)} chữ số thập phân trước khi cộng, nửa thì làm tròn lên.";
        }
    }

    /// <summary>Points with their word, for example <c>12,5 điểm</c>.</summary>
    public static string Points(decimal points, string language)
        => Number(points, language) + (language == Language.English ? (points == 1 ? " point" : " points") : " điểm");

    /// <summary>A number with the marks of the language; every digit that counts stays.</summary>
    public static string Number(decimal value, string language)
        => Formats.Grouped(value.ToString("0.############################", CultureInfo.InvariantCulture), language);

    /// <summary>The word of a level or part, where it is one of ours; else as the framework has it.</summary>
    public static string LevelName(string name, string language)
        => LevelText.Of(name).For(language);

    private static string Listed(IReadOnlyList<FormulaLevel> levels, decimal points, string language)
        => string.Join("; ", levels.Select(l => $"{LevelName(l.Name, language)} {Number(l.Share * points, language)}"));

    private static string Reached(IReadOnlyList<FormulaStep> steps, decimal points, string language, bool shares)
    {
        var english = language == Language.English;
        var first = steps.Count == 0 ? 0 : steps[0].From;
        var list = string.Join("; ", steps.Select(s =>
            $"{(english ? "from" : "từ")} {From(s.From)} {(english ? "earns" : "được")} {Number(s.Share * points, language)}"));
        return $"{list}. {(english ? $"Below {From(first)} nothing." : $"Dưới {From(first)} không có điểm.")}";

        string From(decimal value) => shares ? Percent(value, language) : Number(value, language);
    }

    private static string Target(decimal target, string language) => target <= 1 ? Percent(target, language) : Number(target, language);

    private static string Percent(decimal share, string language) => Number(share * 100, language) + "%";

    private static ZeroRule? ZeroOf(Formula formula) => formula switch
    {
        Formula.Ratio ratio => ratio.Zero,
        Formula.RatioCapped capped => capped.Zero,
        Formula.Tiers tiers => tiers.Zero,
        Formula.RelativeToBest relative => relative.Zero,
        Formula.Growth growth => growth.Zero,
        Formula.Inverse inverse => inverse.Zero,
        _ => null,
    };

    private static AboveRule? AboveOf(Formula formula) => formula switch
    {
        Formula.Ratio ratio => ratio.Above,
        Formula.Inverse inverse => inverse.Above,
        _ => null,
    };
}
