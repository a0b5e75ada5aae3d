using System.Text.Json.Nodes;
using OpenData.Catalogs;
using OpenData.Portal.Downloads;
using OpenData.Portal.OData;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.Api.Description;

/// <summary>Pure: one dataset → an OpenAPI 3.1 description of every way to its rows. Personal columns are unknown here as everywhere.</summary>
/// <param name="dataset">The version.</param>
/// <param name="relations">Names of the relations that callers may follow.</param>
/// <param name="language">Language of all sentences.</param>
/// <param name="root">Absolute address of the portal.</param>
internal sealed class DatasetDescription(ServedDataset dataset, IReadOnlyList<string> relations, string language, string root)
{
    private const string Json = "application/json";

    private readonly DatasetContract _contract = dataset.Contract;
    private readonly ColumnSchema _schemas = new(language, ValidationRules.HoldFor(dataset.Contract));

    /// <summary>The document.</summary>
    public JsonObject Make() => new()
    {
        ["openapi"] = "3.1.0",
        ["info"] = new JsonObject
        {
            ["title"] = _contract.Title.For(language),
            ["description"] = _contract.Summary.For(language),
            ["version"] = dataset.Version,
        },
        ["servers"] = new JsonArray(new JsonObject { ["url"] = root }),
        ["paths"] = Paths(),
        ["components"] = new JsonObject { ["schemas"] = Schemas() },
    };

    private JsonObject Paths()
    {
        var set = "/odata/" + _contract.Id;
        var paths = new JsonObject
        {
            [set] = Get(
                "OData",
                new LocalText("Các dòng theo trang (OData)", "Pages of rows (OData)"),
                [.. SetOptions(), Of("$format", Formats.Select(f => f.Word)), Option.AsOf, PageSize()],
                Content([(Json, Reference("Page")), .. Files(Formats.Where(f => f != DistributionFormat.Json).Select(f => f.MediaType))]),
                "ODataError",
                400, 404, 406, 410, 501, 503),
            [set + "/$count"] = Get(
                "OData",
                new LocalText("Số dòng của một điều kiện", "Number of rows of a condition"),
                [.. SetOptions().Where(o => o.Name is "$filter" or "$search" or "$compute" or "$apply"), Option.AsOf],
                Content([("text/plain", Typed("integer"))]),
                "ODataError",
                400, 404, 410, 501, 503),
            [$"{set}({KeyTemplate()})"] = Get(
                "OData",
                new LocalText("Một dòng theo khoá", "The row of a key"),
                [.. RowKey.KeyColumns(_contract).Select(Key), .. SetOptions().Where(o => o.Name is "$select" or "$expand" or "$compute"), Option.AsOf],
                Content([(Json, Reference("Entity"))]),
                "ODataError",
                400, 404, 406, 410, 501, 503),
            [$"/api/v1/datasets/{_contract.Id}/rows"] = Get(
                "REST",
                new LocalText("Các cột và dòng tuỳ chọn, mọi định dạng", "Any columns of any rows, in any format"),
                RowsOptions(),
                Content([(Json, new JsonObject { ["type"] = "array", ["items"] = Reference("Row") }), .. Files(Formats.Where(f => f != DistributionFormat.Json).Select(f => f.MediaType))]),
                "Problem",
                400, 404, 406, 410, 413, 503),
        };
        foreach (var ending in DownloadForm.Offered(_contract).GroupBy(f => f.Ending, StringComparer.Ordinal))
        {
            paths[$"/datasets/{_contract.Id}.{ending.Key}"] = Get(
                "Downloads",
                new LocalText($"Cả bảng: {ending.First().Name}", $"The whole table: {ending.First().Name}"),
                [.. ending.Any(f => f.Format == DistributionFormat.CsvExcel) ? [Excel()] : Array.Empty<Option>(), Option.AsOf],
                Content(ending.First().Format == DistributionFormat.Json
                    ? [(Json, new JsonObject { ["type"] = "array", ["items"] = Reference("Row") })]
                    : Files([ending.First().MediaType])),
                "Problem",
                400, 404, 410, 503);
        }

        return paths;
    }

    private JsonObject Get(
        string tag, LocalText summary, IReadOnlyList<Option> options, JsonObject content, string failure, params ReadOnlySpan<int> failures)
    {
        var responses = new JsonObject
        {
            ["200"] = new JsonObject { ["description"] = summary.For(language), ["content"] = content },
            ["304"] = new JsonObject { ["description"] = new LocalText("Bản người gọi đang có vẫn đúng (If-None-Match).", "The caller's copy is current (If-None-Match).").For(language) },
        };
        foreach (var status in failures)
        {
            responses[$"{status}"] = new JsonObject
            {
                ["description"] = Failure(status).For(language),
                ["content"] = new JsonObject { [failure == "Problem" ? "application/problem+json" : Json] = new JsonObject { ["schema"] = Reference(failure) } },
            };
        }

        return new JsonObject
        {
            ["get"] = new JsonObject
            {
                ["tags"] = new JsonArray(tag),
                ["summary"] = summary.For(language),
                ["parameters"] = new JsonArray([.. options.Select(o => o.ToJson(language))]),
                ["responses"] = responses,
            },
        };
    }

    private JsonObject Schemas()
    {
        var schemas = new JsonObject
        {
            ["Row"] = _schemas.Row(_contract.PublicColumns),
            ["Entity"] = _contract.HasRowKey
                ? new JsonObject { ["allOf"] = new JsonArray(Reference("Row"), _schemas.Row([RowKey.Column])) }
                : Reference("Row"),
            ["Page"] = new JsonObject
            {
                ["type"] = "object",
                ["required"] = new JsonArray("value"),
                ["properties"] = new JsonObject
                {
                    ["@odata.context"] = Typed("string", "uri"),
                    ["@odata.count"] = Typed("integer", "int64"),
                    ["@odata.nextLink"] = Typed("string", "uri"),
                    ["value"] = new JsonObject { ["type"] = "array", ["items"] = Reference("Entity") },
                },
            },
            ["ODataError"] = new JsonObject
            {
                ["type"] = "object",
                ["required"] = new JsonArray("error"),
                ["properties"] = new JsonObject
                {
                    ["error"] = new JsonObject
                    {
                        ["type"] = "object",
                        ["required"] = new JsonArray("code", "message"),
                        ["properties"] = new JsonObject
                        {
                            ["code"] = Typed("string"),
                            ["message"] = Typed("string"),
                            ["details"] = new JsonObject { ["type"] = "array", ["items"] = Typed("object") },
                            ["innererror"] = new JsonObject
                            {
                                ["type"] = "object",
                                ["properties"] = new JsonObject { ["position"] = Typed("integer"), ["suggestion"] = Typed("string"), ["request_id"] = Typed("string") },
                            },
                        },
                    },
                },
            },
            ["Problem"] = new JsonObject
            {
                ["type"] = "object",
                ["required"] = new JsonArray("type", "title", "status", "detail", "code", "request_id"),
                ["properties"] = new JsonObject
                {
                    ["type"] = Typed("string"),
                    ["title"] = Typed("string"),
                    ["status"] = Typed("integer"),
                    ["detail"] = Typed("string"),
                    ["instance"] = Typed("string"),
                    ["code"] = Typed("string"),
                    ["position"] = Typed("integer"),
                    ["suggestion"] = Typed("string"),
                    ["request_id"] = Typed("string"),
                },
            },
        };
        return schemas;
    }

    private IEnumerable<Option> SetOptions()
    {
        yield return Option.Text("$filter", new LocalText("Điều kiện theo ngôn ngữ OData; chỉ lấy các dòng thoả mãn.", "A condition in OData's language; rows for which it is true."));
        if (_contract.PublicColumns.Any(c => c.Search))
        {
            yield return Option.Text("$search", Searched);
        }

        yield return Option.Text("$select", new LocalText("Tên các cột cần lấy, cách nhau bằng dấu phẩy.", "Names of the columns wanted, with commas."));
        if (relations.Count > 0)
        {
            var names = string.Join(", ", relations);
            yield return Option.Text("$expand", new LocalText($"Kèm các dòng liên quan: {names}.", $"Related rows with each row: {names}."));
        }

        yield return Option.Text("$orderby", new LocalText("Cột hoặc biểu thức, mỗi mục có thể kèm asc hay desc.", "Columns or expressions, each perhaps with asc or desc."));
        yield return Option.Number("$top", new LocalText("Nhiều nhất chừng này dòng.", "At most so many rows."));
        yield return Option.Number("$skip", new LocalText("Bỏ qua chừng này dòng đầu.", "So many rows passed over."));
        yield return new Option("$count", new LocalText("true để kèm số dòng của điều kiện.", "true adds the number of rows of the condition."), Typed("boolean"));
        yield return Option.Text("$compute", new LocalText("Cột tính thêm: biểu thức as tên.", "Columns that the query adds: expression as name."));
        yield return Option.Text("$apply", new LocalText("Nhóm và tổng hợp; kết quả có các cột của phép biến đổi.", "Groups and aggregates; the answer then has the columns of the transformation."));
    }

    private IReadOnlyList<Option> RowsOptions() =>
    [
        Option.Text("columns", new LocalText("Tên các cột theo thứ tự cần lấy, cách nhau bằng dấu phẩy.", "Names of columns with commas, in the order wanted.")),
        Option.Text("where", new LocalText("Điều kiện, viết như $filter.", "A condition, written as $filter.")),
        .. _contract.PublicColumns.Any(c => c.Search) ? [Option.Text("search", Searched)] : Array.Empty<Option>(),
        Option.Text("order", new LocalText("Thứ tự, viết như $orderby.", "The order, written as $orderby.")),
        Option.Number("limit", new LocalText("Nhiều nhất chừng này dòng.", "At most so many rows.")),
        Of("format", Formats.Select(f => f.Word)),
        Option.AsOf,
    ];

    private static LocalText Searched { get; } = new(
        "Từ và cụm từ trong các cột tìm kiếm được, không phân biệt dấu và chữ hoa.", "Words and phrases of the searchable columns, without regard to marks and case.");

    private static Option Of(string name, IEnumerable<string> formats)
        => Option.Choice(name, new LocalText("Định dạng; bỏ trống thì theo Accept.", "The format; what Accept asks for when absent."), formats);

    private static Option PageSize()
        => Option.Text("Prefer", new LocalText("maxpagesize=n: số dòng mỗi trang.", "maxpagesize=n: rows of a page.")) with { In = "header" };

    private static Option Excel()
        => Option.Choice("excel", new LocalText("1 để mở đúng bằng Excel.", "1 for a file that Excel opens rightly."), ["0", "1"]);

    private Option Key(ColumnContract column)
        => new(column.Name, new LocalText($"Cột khoá: {column.Title.Vi}.", $"Key column: {column.Title.En}."), _schemas.Of(column, isKey: true)) { In = "path" };

    /// <summary>As OData writes keys: texts in quotes, several columns with their names.</summary>
    private string KeyTemplate()
    {
        var keys = RowKey.KeyColumns(_contract);
        return string.Join(',', keys.Select(c => (keys.Count > 1 ? c.Name + "=" : "") + (c.Type.Kind is ColumnKind.Text or ColumnKind.Code
            ? $"'{{{c.Name}}}'"
            : c.Type.Kind == ColumnKind.Duration ? $"duration'{{{c.Name}}}'" : $"{{{c.Name}}}")));
    }

    private IEnumerable<DistributionFormat> Formats
        => DistributionFormat.All.Where(f => !f.NeedsGeometry || _contract.PublicColumns.Any(c => c.Type.Kind == ColumnKind.Geometry));

    private static (string, JsonObject)[] Files(IEnumerable<string> types)
        => [.. types.Select(t => t.Split(';')[0]).Distinct(StringComparer.Ordinal).Select(t => (t, new JsonObject()))];

    private static JsonObject Content(IEnumerable<(string Type, JsonObject Schema)> forms)
        => new(forms.Select(f => KeyValuePair.Create<string, JsonNode?>(f.Type, new JsonObject { ["schema"] = f.Schema })));

    private static JsonObject Reference(string schema) => new() { ["$ref"] = "#/components/schemas/" + schema };

    private static JsonObject Typed(string type, string? format = null)
        => format is null ? new JsonObject { ["type"] = type } : new JsonObject { ["type"] = type, ["format"] = format };

    private static LocalText Failure(int status) => status switch
    {
        400 => new("Yêu cầu viết sai; mã lỗi và vị trí nằm trong câu trả lời.", "The request is wrong; code and position stand in the answer."),
        404 => new("Không có thứ được hỏi.", "There is no such thing."),
        406 => new("Không có định dạng được hỏi.", "It does not come in such a format."),
        410 => new("Phiên bản không còn được giữ.", "The version is no longer kept."),
        413 => new("Câu trả lời lớn hơn mức cho phép.", "The answer is larger than allowed."),
        501 => new("Dịch vụ chưa hỗ trợ.", "The service does not support it."),
        _ => new("Đang bận; hãy thử lại sau.", "Too busy; try again later."),
    };
}
