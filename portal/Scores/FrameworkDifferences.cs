using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;
using OpenData.Portal.Pages;

namespace OpenData.Portal.Scores;

/// <summary>
/// Pure: differences of two frameworks for readers. What only one of them has is told in one row, name and points, instead of fact by fact; names are
/// told in the language of the page.
/// </summary>
internal static class FrameworkDifferences
{
    private static readonly Dictionary<string, LocalText> Rooms = new(StringComparer.Ordinal)
    {
        ["main_indices"] = new("Chỉ số chính", "Main index"),
        ["components"] = new("Chỉ số thành phần", "Component"),
        ["pillars"] = new("Trụ cột", "Pillar"),
        ["peer_groups"] = new("Nhóm xếp hạng", "League"),
    };

    private static readonly Dictionary<string, LocalText> Labels = new(StringComparer.Ordinal)
    {
        ["name"] = new("tên", "name"),
        ["points"] = new("điểm tối đa", "maximum"),
        ["total"] = new("tổng điểm", "total"),
        ["component_count"] = new("số chỉ số thành phần", "number of components"),
        ["components"] = new("các chỉ số thành phần", "components"),
        ["sourced"] = new("theo văn bản", "by its act"),
        ["formula"] = new("cách tính", "formula"),
        ["not_applicable"] = new("khi không áp dụng", "when not applicable"),
        ["missing"] = new("khi không khai", "when missing"),
        ["decimals"] = new("số chữ số thập phân", "decimals"),
        ["evidence"] = new("minh chứng", "evidence"),
        ["supplier"] = new("bên cung cấp", "supplier"),
        ["verifier"] = new("bên thẩm định", "verifier"),
        ["main"] = new("gồm các chỉ số chính", "main indices"),
        ["act"] = new("văn bản", "act"),
        ["from"] = new("áp dụng từ", "in force from"),
        ["to"] = new("áp dụng đến", "in force to"),
        ["years"] = new("năm đánh giá", "years"),
        ["level"] = new("đối tượng", "level"),
        ["rank_by"] = new("xếp hạng theo", "ranked by"),
        ["structure_only"] = new("chỉ biết cấu trúc", "structure only"),
    };

    // Long texts of the frameworks as such: each has them on its own page.
    private static readonly string[] PassedOver = ["framework", "title/vi", "title/en", "note/vi", "note/en", "sources"];

    /// <summary>The differences, in the order in which the second framework speaks of things, then what only the first has.</summary>
    /// <param name="before">The first framework.</param>
    /// <param name="after">The second.</param>
    /// <param name="language">Language of names.</param>
    public static IReadOnlyList<FrameworkDifference> Of(Framework before, Framework after, string language)
        => [
            .. FrameworkFacts.Compare(before, after)
                .Where(c => !PassedOver.Contains(c.Path, StringComparer.Ordinal) && !IsOtherLanguage(c.Path, language))
                .GroupBy(c => Subject(c.Path), StringComparer.Ordinal)
                .Select(group => Difference(group.Key, [.. group], before, after, language)),
        ];

    private static FrameworkDifference Difference(string subject, IReadOnlyList<FrameworkChange> changes, Framework before, Framework after, string language)
    {
        var parts = subject.Split('/', 2);
        if (parts is not [var room, var code])
        {
            return new FrameworkDifference(new LocalText("Cả bộ", "The whole"), [.. changes.Select(c => Row(c, "", language))]);
        }

        var words = Rooms[room];
        var title = new LocalText($"{words.Vi} {code}", $"{words.En} {code}");
        return (Named(before, room, code, language), Named(after, room, code, language)) switch
        {
            (null, { } only) => new FrameworkDifference(title, [(ScoreWords.OnlyHere, null, only)]),
            ({ } only, null) => new FrameworkDifference(title, [(ScoreWords.OnlyHere, only, null)]),
            (_, var named) => new FrameworkDifference(
                named is null ? title : new LocalText($"{title.Vi}: {named}", $"{title.En}: {named}"),
                [.. changes.Select(c => Row(c, subject, language))]),
        };
    }

    private static (LocalText Label, string? Before, string? After) Row(FrameworkChange change, string subject, string language)
        => (Label(change.Path, subject), Value(change.Before, language), Value(change.After, language));

    private static string? Value(string? text, string language) => text switch
    {
        "true" => Words.Yes.For(language),
        "false" => Words.No.For(language),
        _ => text,
    };

    private static string? Named(Framework framework, string room, string code, string language) => room switch
    {
        "main_indices" => framework.MainIndices.FirstOrDefault(m => m.Code == code) is { } index ? With(index.Name, index.Points, language) : null,
        "components" => framework.Component(code) is { } component ? With(component.Name, component.Points, language) : null,
        "pillars" => framework.Pillars.FirstOrDefault(p => p.Code == code) is { } pillar ? With(pillar.Name, pillar.Points, language) : null,
        _ => framework.PeerGroups.FirstOrDefault(p => p.Code == code)?.Name.For(language),
    };

    private static string With(LocalText name, decimal? points, string language)
        => points is { } known ? $"{name.For(language)} ({FormulaWords.Points(known, language)})" : name.For(language);

    private static string Subject(string path)
    {
        var parts = path.Split('/');
        return parts.Length > 2 && Rooms.ContainsKey(parts[0]) ? $"{parts[0]}/{parts[1]}" : "";
    }

    private static LocalText Label(string path, string subject)
    {
        var rest = subject.Length == 0 ? path : path[(subject.Length + 1)..];
        var (first, more) = rest.IndexOf('/', StringComparison.Ordinal) is var at and > 0 ? (rest[..at], rest[(at + 1)..]) : (rest, "");
        return first switch
        {
            "inputs" => new LocalText($"số liệu {more}", $"input {more}"),
            "automatic" => new LocalText($"lấy tự động {more}", $"automatic {more}"),
            _ => Labels.GetValueOrDefault(first) ?? new LocalText(rest, rest),
        };
    }

    private static bool IsOtherLanguage(string path, string language)
        => path.EndsWith(language == Errors.Language.English ? "/name/vi" : "/name/en", StringComparison.Ordinal);
}
