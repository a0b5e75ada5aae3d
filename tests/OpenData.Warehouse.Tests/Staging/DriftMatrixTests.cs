using System.Text;
using System.Text.RegularExpressions;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.TestKit;

namespace OpenData.Warehouse.Tests.Staging;

/// <summary>What each change of a source comes to under each policy: the table of docs/drift.md, read by every kind of reader.</summary>
public sealed partial class DriftMatrixTests
{
    private static readonly string[] Policies = ["propose", "ignore", "block", "missing block", "missing null", "type quarantine", "type block"];

    private static readonly ColumnContract[] Columns =
    [
        Stage.Column("id", ColumnKind.Code) with { Required = true },
        Stage.Column("n", ColumnKind.Integer),
        Stage.Decimal("d", 8, 2),
        Stage.Column("name") with { Required = true },
    ];

    // Header, then the second record; the first is always as the contract says. JSON values as they stand in the file.
    private static readonly Dictionary<string, (string Header, string Second)> Changes = new(StringComparer.Ordinal)
    {
        ["a column is added"] = ("id,n,d,name,extra", "\"02\",2,2.5,\"b\",\"x\""),
        ["a column is dropped"] = ("id,d,name", "\"02\",2.5,\"b\""),
        ["a column is renamed"] = ("id,m,d,name", "\"02\",2,2.5,\"b\""),
        ["columns are reordered"] = ("name,d,n,id", "\"b\",2.5,2,\"02\""),
        ["a whole number widens to a fraction"] = ("id,n,d,name", "\"02\",2.5,2.5,\"b\""),
        ["a fraction narrows to a whole number"] = ("id,n,d,name", "\"02\",2,2,\"b\""),
        ["a required value is missing"] = ("id,n,d,name", "\"02\",2,2.5,null"),
        ["a number becomes a text"] = ("id,n,d,name", "\"02\",\"hai\",2.5,\"b\""),
    };

    public static TheoryData<string, string> Cells
    {
        get
        {
            var cells = new TheoryData<string, string>();
            foreach (var change in Changes.Keys)
            {
                foreach (var kind in new[] { "csv", "xlsx", "http_json" })
                {
                    cells.Add(change, kind);
                }
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_change_comes_to_what_the_document_says_under_every_policy(string change, string kind)
    {
        var documented = Documented()[change];
        var found = Policies.Select(policy => Outcome(kind, Policy(policy), change)).ToList();
        Assert.Equal(documented, found);
    }

    [Fact]
    public void The_document_has_a_row_for_every_change_and_no_others()
        => Assert.Equal(Changes.Keys.Order(StringComparer.Ordinal), Documented().Keys.Order(StringComparer.Ordinal));

    // What a policy does not speak of lets the change through, so that a cell shows one policy.
    private static DriftPolicy Policy(string policy) => policy.Split(' ') switch
    {
        ["missing", var word] => new DriftPolicy("ignore", word, "quarantine"),
        ["type", var word] => new DriftPolicy("ignore", "null", word),
        _ => new DriftPolicy(policy, "null", "quarantine"),
    };

    private static string Outcome(string kind, DriftPolicy policy, string change)
    {
        using var stage = new Stage();
        var contract = Stage.Contract(new SourceBinding(kind) { Records = kind == "http_json" ? "$.data" : null }, Columns) with { Drift = policy };
        try
        {
            var table = stage.Load(contract, Bytes(kind, change));
            Assert.Equal(2, table.Received);
            var parts = new[]
            {
                table.NewColumns.Count > 0 ? "proposed" : null,
                table.MissingColumns.Count > 0 ? "null" : null,
                table.Quarantined > 0 ? "quarantined" : null,
            }.OfType<string>().ToList();
            return parts.Count == 0 ? "published" : string.Join(", ", parts);
        }
        catch (OpenDataException refused)
        {
            return refused.Code.Code;
        }
    }

    private static byte[] Bytes(string kind, string change)
    {
        var (header, second) = Changes[change];
        var names = header.Split(',');
        var first = names.Select(n => n switch { "id" => "\"01\"", "n" or "m" => "1", "d" => "1.5", _ => "\"a\"" }).ToArray();
        var rows = new[] { first, second.Split(',') };
        if (kind == "http_json")
        {
            var records = rows.Select(r => "{" + string.Join(",", names.Zip(r, (n, v) => $"\"{n}\":{v}")) + "}");
            return Encoding.UTF8.GetBytes($"{{\"data\":[{string.Join(",", records)}]}}");
        }

        return kind == "xlsx"
            ? Workbook.Make("Sheet1", [names.Select(Workbook.Text).ToArray(), .. rows.Select(r => r.Select(Cell).ToArray())])
            : Encoding.UTF8.GetBytes(string.Concat(rows.Prepend(names).Select(r => string.Join(',', r.Select(v => v == "null" ? "" : v.Trim('"'))) + "\n")));
    }

    private static string Cell(string value)
        => value == "null" ? Workbook.Empty : value.StartsWith('"') ? Workbook.Text(value.Trim('"')) : Workbook.Number(value);

    private static Dictionary<string, List<string>> Documented()
        => Row().Matches(File.ReadAllText(Repository.File("docs/drift.md"))).ToDictionary(
            m => m.Groups["change"].Value.Trim(),
            m => m.Groups["cells"].Value.Split('|').Select(c => Link().Replace(c.Trim(), "$1")).ToList(),
            StringComparer.Ordinal);

    [GeneratedRegex(@"^\| (?<change>[a-z][a-z ]+) \|(?<cells>([^|\n]+\|){6}[^|\n]+)\|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Row();

    [GeneratedRegex(@"\[(OD\d{4})\]\([^)]*\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Link();
}
