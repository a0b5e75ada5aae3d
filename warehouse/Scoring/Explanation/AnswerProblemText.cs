using OpenData.Catalogs;

namespace OpenData.Warehouse.Scoring.Explanation;

/// <summary>What is wrong with an answer, in words.</summary>
public static class AnswerProblemText
{
    /// <summary>The problem in a few words.</summary>
    public static LocalText Of(AnswerProblem problem) => problem switch
    {
        AnswerProblem.InputMissing => new("thiếu một số liệu của công thức", "an input of the formula has no value"),
        AnswerProblem.Negative => new("số lượng nhỏ hơn 0", "a count is below zero"),
        AnswerProblem.AboveWhole => new("phần lớn hơn toàn thể", "the part is greater than the whole"),
        AnswerProblem.UnknownLevel => new("mức đã chọn không có trong danh sách", "the level is not one of the list"),
        AnswerProblem.OutOfScale => new("giá trị vượt khỏi thang đo", "the value is beyond its scale"),
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, "This problem has no words."),
    };
}
