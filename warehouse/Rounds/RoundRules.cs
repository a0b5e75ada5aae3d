using System.Globalization;
using System.Text.RegularExpressions;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Rounds;

/// <summary>Pure: what must hold before a round opens.</summary>
internal static partial class RoundRules
{
    private const int UnitsMax = 20_000;
    private const int CodeLettersMax = 40;
    private const int NameLettersMax = 300;

    /// <summary>Refuses a round that does not hold together, naming the first reason.</summary>
    /// <exception cref="OpenDataException"><see cref="RoundErrors.BadRound"/>.</exception>
    internal static void Require(NewRound round)
    {
        if (Complaint(round) is { } complaint)
        {
            throw new OpenDataException(RoundErrors.BadRound, complaint);
        }
    }

    private static LocalText? Complaint(NewRound round)
    {
        var framework = round.Framework;
        if (!round.Id.StartsWith(framework.Id + "-", StringComparison.Ordinal) || !Suffix().IsMatch(round.Id[(framework.Id.Length + 1)..]))
        {
            return new LocalText(
                $"Mã đợt phải là {framework.Id}- và 1 đến 30 ký tự a-z, 0-9, _ hoặc -.",
                $"The id is {framework.Id}- followed by 1 to 30 of a-z, 0-9, _ and -.");
        }

        if (framework.IsStructureOnly)
        {
            return new LocalText(
                $"Bộ chỉ số {framework.Id} mới chỉ biết cấu trúc, chưa chấm điểm được.",
                $"Of framework {framework.Id} only the structure is known; nothing can be scored by it.");
        }

        if (round.From > round.To)
        {
            return new LocalText("Kỳ đánh giá kết thúc trước khi bắt đầu.", "The period ends before it begins.");
        }

        if (!IsLine(round.Title.Vi, NameLettersMax) || !IsLine(round.Title.En, NameLettersMax))
        {
            return new LocalText("Đợt cần tên bằng cả hai ngôn ngữ, mỗi tên một dòng.", "The round needs a title of one line in both languages.");
        }

        if (round.SubmitUntil is { } submit && round.AppealUntil is { } appeal && appeal < submit)
        {
            return new LocalText("Hạn khiếu nại đứng trước hạn nộp.", "The time to appeal ends before the time to submit.");
        }

        return round.Units.Count is 0 or > UnitsMax
            ? new LocalText($"Đợt có từ 1 đến {UnitsMax} đơn vị.", string.Create(CultureInfo.InvariantCulture, $"A round has 1 to {UnitsMax} units."))
            : Units(round);
    }

    private static LocalText? Units(NewRound round)
    {
        var leagues = round.Framework.PeerGroups.Select(g => g.Code).ToHashSet(StringComparer.Ordinal);
        var byCode = new Dictionary<string, RoundUnit>(StringComparer.Ordinal);
        foreach (var unit in round.Units)
        {
            if (!IsLine(unit.Code, CodeLettersMax) || unit.Code.Any(char.IsWhiteSpace) || !IsLine(unit.Name, NameLettersMax))
            {
                return new LocalText(
                    "Có đơn vị thiếu mã hoặc tên, hoặc mã có khoảng trắng.",
                    "A unit lacks code or name, or its code has a space in it or is too long.");
            }

            if (!byCode.TryAdd(unit.Code, unit))
            {
                return new LocalText($"Đơn vị {unit.Code} có hai lần.", $"Unit {unit.Code} stands twice.");
            }

            if (unit.League is null ? leagues.Count > 0 : !leagues.Contains(unit.League))
            {
                return new LocalText(
                    $"Nhóm xếp hạng của đơn vị {unit.Code} không có trong bộ chỉ số.",
                    $"The league of unit {unit.Code} is none of the framework's.");
            }
        }

        foreach (var unit in round.Units.Where(u => u.IsMerged))
        {
            if (unit.Predecessors.Any(p => !byCode.TryGetValue(p, out var before) || before.IsMerged) || unit.Predecessors.Distinct(StringComparer.Ordinal).Count() < unit.Predecessors.Count)
            {
                return new LocalText(
                    $"Đơn vị tiền thân của {unit.Code} phải là đơn vị tự trả lời trong cùng đợt, mỗi đơn vị một lần.",
                    $"Predecessors of {unit.Code} are units of the same round that answer for themselves, each once.");
            }
        }

        return null;
    }

    private static bool IsLine(string text, int lettersMax) => !string.IsNullOrWhiteSpace(text) && text.Length <= lettersMax && !text.Any(char.IsControl);

    [GeneratedRegex(@"\A[a-z0-9_-]{1,30}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Suffix();
}
