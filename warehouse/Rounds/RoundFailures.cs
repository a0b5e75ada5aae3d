using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Rounds;

/// <summary>The sentences of failures that more than one place of this room meets.</summary>
internal static class RoundFailures
{
    internal static OpenDataException UnknownRound() => new(RoundErrors.UnknownRound, new LocalText("Không có đợt đánh giá mang mã này.", "No round has this id."));

    internal static OpenDataException UnknownUnit() => new(RoundErrors.UnknownPart, new LocalText("Đợt đánh giá không có đơn vị này.", "The round has no such unit."));

    internal static OpenDataException NoReason() => new(RoundErrors.NoReason, new LocalText("Hãy viết lý do bằng một câu.", "Write the reason in a sentence."));

    internal static OpenDataException Refused(ErrorCode code, RoundUnit unit, RoundAction action) => code == RoundErrors.WrongRole
        ? new(code, new LocalText("Vai trò của bạn không được làm việc này.", $"Your role does not allow this ({RoundText.Of(action)})."))
        : new(code, new LocalText(
            $"Đơn vị {unit.Code} đang ở bước khác, không làm việc này được.",
            $"Unit {unit.Code} is at stage {RoundText.Of(unit.Stage)}; {RoundText.Of(action)} belongs to another one."));
}
