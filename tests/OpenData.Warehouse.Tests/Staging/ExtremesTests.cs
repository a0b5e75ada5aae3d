using System.Globalization;
using System.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.TestKit;

namespace OpenData.Warehouse.Tests.Staging;

/// <summary>What no honest file holds: bounded and named, as the table in docs/reading-files.md says.</summary>
public sealed class ExtremesTests
{
    private static readonly string[] Kinds = ["csv", "xlsx", "ndjson", "http_json"];

    // Letters at random: what packs too well is refused for that.
    private static readonly string Giant = new(new Random(20261127).GetItems("abcdefghijklmnopqrstuvwxyz".AsSpan(), 10 << 20));

    private static readonly string Wide = string.Join('|', Enumerable.Range(0, 200_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"c{i}")));

    private const string Good = """{"t":"a","i":1,"f":1}""";

    private static readonly string Deep = new string('[', 100_000) + new string(']', 100_000);

    private static readonly string Huge = "1" + new string('0', 400);

    public static TheoryData<string> Extremes => [.. Table().Keys];

    [Fact]
    public void The_document_names_every_extreme_that_is_tried() => Assert.Equal(
        ["cell of 10 MiB", "200,000 columns", "nested 100,000 deep", "`NaN` in a number", "integer of 401 digits", "float of 401 digits", "a name twice"], Table().Keys);

    [Theory]
    [MemberData(nameof(Extremes))]
    public void Every_extreme_ends_as_the_document_says(string extreme)
        => Assert.Equal(Table()[extreme], Kinds.Select(kind => Outcome(kind, extreme)));

    private static string Outcome(string kind, string extreme)
    {
        using var stage = new Stage();
        var columns = new[] { Stage.Column("t"), Stage.Column("i", ColumnKind.Integer), Stage.Column("f", ColumnKind.Float) };
        var contract = Stage.Contract(new SourceBinding(kind), columns);
        try
        {
            var table = stage.Load(contract, File(kind, extreme));
            Assert.InRange(table.Received, 1, 2);
            return Stage.Rules(table) is [var rule] ? $"`{rule}`" : table.NewColumns.Count > 0 ? "published, new columns reported" : "published";
        }
        catch (OpenDataException e)
        {
            return e.Code.Code;
        }
    }

    private static byte[] File(string kind, string extreme) => (kind, extreme) switch
    {
        ("csv", "200,000 columns") => Encoding.UTF8.GetBytes("t,i,f," + Wide.Replace('|', ',') + "\n"),
        ("csv", "a name twice") => "t,i,f,t\na,1,1,b\n"u8.ToArray(),
        ("csv", "cell of 10 MiB") => Csv(Giant, "1", "1"),
        ("csv", "nested 100,000 deep") => Csv(Deep, "1", "1"),
        ("csv", "`NaN` in a number") => Csv("a", "1", "NaN"),
        ("csv", "integer of 401 digits") => Csv("a", Huge, "1"),
        ("csv", _) => Csv("a", "1", Huge),
        ("xlsx", "200,000 columns") => Sheet([.. Wide.Split('|')], []),
        ("xlsx", "a name twice") => Sheet(["t", "i", "f", "t"], [Workbook.Text("a")]),
        ("xlsx", "cell of 10 MiB") => Sheet(["t", "i", "f"], [Workbook.Text(Giant), Workbook.Number("1"), Workbook.Number("1")]),
        ("xlsx", "nested 100,000 deep") => Sheet(["t", "i", "f"], [$"<c t=\"inlineStr\"><is>{string.Concat(Enumerable.Repeat("<r>", 100_000))}<t>a</t>{string.Concat(Enumerable.Repeat("</r>", 100_000))}</is></c>"]),
        ("xlsx", "`NaN` in a number") => Sheet(["t", "i", "f"], [Workbook.Text("a"), Workbook.Number("1"), Workbook.Number("NaN")]),
        ("xlsx", "integer of 401 digits") => Sheet(["t", "i", "f"], [Workbook.Text("a"), Workbook.Number(Huge), Workbook.Number("1")]),
        ("xlsx", _) => Sheet(["t", "i", "f"], [Workbook.Text("a"), Workbook.Number("1"), Workbook.Number(Huge)]),
        _ => Encoding.UTF8.GetBytes(kind == "ndjson" ? $"{Good}\n{Json(extreme)}\n" : $"[{Good},{Json(extreme)}]"),
    };

    private static string Json(string extreme) => extreme switch
    {
        "200,000 columns" => $"{{\"t\":\"a\",\"i\":1,\"f\":1,{string.Join(',', Wide.Split('|').Select(c => $"\"{c}\":1"))}}}",
        "a name twice" => """{"t":"a","i":1,"f":1,"t":"b"}""",
        "cell of 10 MiB" => $"{{\"t\":\"{Giant}\",\"i\":1,\"f\":1}}",
        "nested 100,000 deep" => $"{{\"t\":{Deep},\"i\":1,\"f\":1}}",
        "`NaN` in a number" => """{"t":"a","i":1,"f":NaN}""",
        "integer of 401 digits" => $"{{\"t\":\"a\",\"i\":{Huge},\"f\":1}}",
        _ => $"{{\"t\":\"a\",\"i\":1,\"f\":{Huge}}}",
    };

    private static byte[] Csv(params string[] cells) => Encoding.UTF8.GetBytes("t,i,f\n" + string.Join(',', cells) + "\n");

    private static byte[] Sheet(string[] head, string[] cells) => Workbook.Make("a", [[.. head.Select(Workbook.Text)], cells]);

    /// <summary>The rows of the table in docs/reading-files.md: outcome by kind.</summary>
    private static Dictionary<string, string[]> Table() => System.IO.File.ReadAllLines(Repository.File("docs/reading-files.md"))
        .SkipWhile(l => !l.StartsWith("| Extreme |", StringComparison.Ordinal)).Skip(2).TakeWhile(l => l.StartsWith('|'))
        .Select(l => l.Trim('|').Split('|', StringSplitOptions.TrimEntries))
        .ToDictionary(c => c[0], c => c[1..], StringComparer.Ordinal);
}
