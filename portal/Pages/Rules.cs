using OpenData.Catalogs;

namespace OpenData.Portal.Pages;

/// <summary>Plain words for the rules that counts and checks name.</summary>
internal static class Rules
{
    private static readonly Dictionary<string, LocalText> Known = new(StringComparer.Ordinal)
    {
        ["type"] = new("Đúng kiểu dữ liệu", "Right type of value"),
        ["required"] = new("Có giá trị bắt buộc", "Required value present"),
        ["matches"] = new("Đúng mẫu", "Matches its pattern"),
        ["one_of"] = new("Thuộc danh sách cho phép", "In the list allowed"),
        ["min"] = new("Không dưới mức thấp nhất", "Not below the least value"),
        ["max"] = new("Không quá mức cao nhất", "Not above the greatest value"),
        ["overflow"] = new("Số trong phạm vi", "Number within range"),
        ["scale"] = new("Không quá số chữ số thập phân", "No more decimals than declared"),
        ["too_long"] = new("Văn bản không quá dài", "Text not too long"),
        ["ragged"] = new("Đủ số cột", "Right number of fields"),
        ["code_as_number"] = new("Mã ghi bằng chữ, không thành số", "Code written as text"),
        ["coordinates"] = new("Tọa độ hợp lệ", "Possible coordinates"),
        ["axis_order"] = new("Kinh độ đứng trước vĩ độ", "Longitude before latitude"),
        ["projected_coordinates"] = new("Tọa độ tính bằng độ, hệ WGS 84", "Coordinates in degrees of WGS 84"),
        ["geometry_kind"] = new("Đúng loại hình học", "Right kind of geometry"),
        ["record"] = new("Bản ghi hợp lệ", "Record valid"),
        ["row_count"] = new("Số dòng trong khoảng cam kết", "Number of rows within its bounds"),
        ["quarantine_share"] = new("Tỷ lệ bản ghi bị giữ lại trong giới hạn", "Share of refused records within its bound"),
    };

    /// <summary>
    /// Words for a rule's name: one of the words above, <c>unique(a,b)</c> or <c>exists_in(column,dataset.column)</c>;
    /// null for a label that the contract gives itself.
    /// </summary>
    /// <param name="rule">Name as the manifest has it.</param>
    /// <param name="titleOf">Title of an open dataset; null for the rest.</param>
    public static LocalText? Of(string rule, Func<string, LocalText?> titleOf)
    {
        if (Known.GetValueOrDefault(rule) is { } words)
        {
            return words;
        }

        if (rule.StartsWith("unique(", StringComparison.Ordinal))
        {
            return new LocalText("Không trùng nhau", "No two rows alike");
        }

        if (!rule.StartsWith("exists_in(", StringComparison.Ordinal))
        {
            return null;
        }

        var comma = rule.IndexOf(',', StringComparison.Ordinal);
        var point = rule.LastIndexOf('.');
        var title = comma > 0 && point > comma ? titleOf(rule[(comma + 1)..point]) : null;
        return title is null
            ? new LocalText("Có trong danh mục đối chiếu", "Found in the list it refers to")
            : new LocalText("Có trong bộ " + title.Vi, "Found in " + title.En);
    }
}
