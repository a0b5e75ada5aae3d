using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Catalogs.Frameworks;
using OpenData.Warehouse.Scoring;

namespace OpenData.Warehouse.Rounds;

/// <summary>
/// Pure: whether an entry fits its component. What contradicts itself (more than all) is taken, scores nothing and is shown; what the formula cannot read is not.
/// </summary>
internal static class AnswerRules
{
    private const int TextLettersMax = 2_000;
    private const int EvidenceMax = 50;

    // Sums over a province stay far below; products of two of them still fit a decimal.
    private const decimal NumberMax = 1_000_000_000_000m;
    private const int DecimalsMax = 10;

    /// <summary>The component, when the entry fits it.</summary>
    /// <exception cref="OpenDataException"><see cref="RoundErrors.UnknownPart"/>, <see cref="RoundErrors.BadAnswer"/>, <see cref="RoundErrors.NoReason"/>.</exception>
    internal static Component Require(Framework framework, EntryDraft draft, bool isImported)
    {
        var component = framework.Component(draft.Answer.Component) ?? throw new OpenDataException(RoundErrors.UnknownPart, new LocalText(
            "Bộ chỉ số không có thành phần này.", "The framework has no such component."));
        if (Complaint(component, draft, isImported) is { } complaint)
        {
            throw new OpenDataException(RoundErrors.BadAnswer, new LocalText($"{component.Code}: {complaint.Vi}", $"{component.Code}: {complaint.En}"));
        }

        return draft.Answer.Kind != AnswerKind.NotApplicable || isImported || draft.Explanation.Length > 0 || draft.Reason.Length > 0 ? component : throw new OpenDataException(
            RoundErrors.NoReason,
            new LocalText($"{component.Code}: hãy nêu vì sao thành phần không áp dụng.", $"{component.Code}: say why the component does not apply."));
    }

    private static LocalText? Complaint(Component component, EntryDraft draft, bool isImported)
    {
        var answer = draft.Answer;
        if (draft.Explanation.Length > TextLettersMax || draft.Reason.Length > TextLettersMax)
        {
            return new LocalText($"văn bản dài hơn {TextLettersMax} ký tự.", "a text is longer than 2,000 letters.");
        }

        if (draft.Evidence.Count > EvidenceMax)
        {
            return new LocalText($"có hơn {EvidenceMax} tài liệu.", "there are more than 50 documents.");
        }

        if (answer.SetShare is { } share && (draft.Kind != EntryKind.Council || answer.Kind != AnswerKind.Answered || share is < 0 or > 1))
        {
            return new LocalText("chỉ hội đồng đặt tỷ lệ điểm, từ 0 đến 1.", "only the council sets a share, from 0 to 1.");
        }

        if (answer.Kind != AnswerKind.Answered && (answer.Numbers.Count > 0 || answer.Level is not null))
        {
            return new LocalText("không áp dụng hoặc không trả lời thì không có số liệu.", "what does not apply or is missing has no numbers.");
        }

        if (answer.Level is { } level && (component.Formula is not Formula.Levels levels || levels.Of.All(l => l.Name != level)))
        {
            return new LocalText("mức không có trong công thức.", "the level is none of the formula's.");
        }

        foreach (var (role, number) in answer.Numbers)
        {
            if (component.Formula is Formula.Levels || !component.Formula.Roles.Contains(role, StringComparer.Ordinal))
            {
                return new LocalText("có đầu vào mà công thức không dùng.", "an input is none of the formula's.");
            }

            // Figures of a past round were not computed here.
            if (!isImported && draft.Kind is EntryKind.Self or EntryKind.Verified or EntryKind.Appeal && component.Automatic.Any(a => a.Role == role))
            {
                return new LocalText($"đầu vào {role} do hệ thống tính từ dữ liệu đã công bố.", $"input {role} is computed from published data.");
            }

            // A mean that a query took has as many decimals as a division gives.
            if (Math.Abs(number) > NumberMax || (draft.Kind != EntryKind.Automatic && number.Scale > DecimalsMax))
            {
                return new LocalText("số quá lớn hoặc quá nhiều chữ số thập phân.", "a number is too great or has too many decimals.");
            }
        }

        return null;
    }
}
