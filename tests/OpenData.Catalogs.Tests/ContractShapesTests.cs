using System.Text.Json;
using System.Text.RegularExpressions;
using OpenData.Catalogs.Reading;
using OpenData.TestKit;

namespace OpenData.Catalogs.Tests;

/// <summary>The reader, the JSON Schemas, docs/contracts.md and docs/frameworks.md know the same fields, with the same defaults and words.</summary>
public sealed partial class ContractShapesTests
{
    private static readonly string Docs = File.ReadAllText(Repository.File("docs/contracts.md")) + "\n" + File.ReadAllText(Repository.File("docs/frameworks.md"));

    [Fact]
    public void The_schemas_know_the_fields_that_the_reader_knows_and_no_others()
    {
        var known = ContractShapes.All.SelectMany(s => s.Value.Select(f => $"{s.Key}.{f.Name}{(f.Required ? "!" : "")}={f.Default}"));
        var schema = Shapes().SelectMany(s => s.Value.GetProperty("properties").EnumerateObject().Select(
            p => $"{s.Key}.{p.Name}{(IsRequired(s.Value, p.Name) ? "!" : "")}={Yaml(p.Value)}"));
        Assert.Equal(known.Order(StringComparer.Ordinal), schema.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_field_of_the_schemas_has_a_description_and_every_shape_refuses_others()
        => Assert.All(Shapes(), shape =>
        {
            Assert.False(shape.Value.GetProperty("additionalProperties").GetBoolean());
            Assert.All(
                shape.Value.GetProperty("properties").EnumerateObject(),
                p => Assert.True(p.Value.GetProperty("description").GetString()!.Length > 3, $"{shape.Key}.{p.Name}"));
        });

    [Theory]
    [InlineData("dataset", "distributions", "Distributions")]
    [InlineData("source_csv", "encoding", "Encodings")]
    [InlineData("source_csv", "pick", "Picks")]
    [InlineData("paging", "style", "PagingStyles")]
    [InlineData("oauth", "credentials", "OAuthCredentials")]
    [InlineData("refresh", "misfire", "Misfires")]
    [InlineData("column", "number_format", "NumberFormats")]
    [InlineData("column", "empty", "Empties")]
    [InlineData("column", "privacy", "Privacies")]
    [InlineData("column", "truncate", "Truncations")]
    [InlineData("holiday", "status", "HolidayStates")]
    [InlineData("make_up_day", "status", "HolidayStates")]
    [InlineData("drift", "new_column", "NewColumns")]
    [InlineData("drift", "missing_column", "MissingColumns")]
    [InlineData("drift", "type", "TypeDrifts")]
    [InlineData("dataset", "access", "AccessWords")]
    [InlineData("dataset", "load", "LoadModes")]
    [InlineData("expectation_unique", "on_fail", "OnFails")]
    public void The_schemas_and_the_document_list_the_words_that_the_reader_takes(string shape, string field, string list)
    {
        var words = typeof(ContractWords).GetProperty(list)!.GetValue(null) switch
        {
            IReadOnlyDictionary<string, Access> map => [.. map.Keys],
            IReadOnlyDictionary<string, LoadMode> map => [.. map.Keys],
            IReadOnlyDictionary<string, OnFail> map => [.. map.Keys],
            IReadOnlyList<string> only => only,
            _ => throw new InvalidOperationException(list),
        };
        var property = Shapes()[shape].GetProperty("properties").GetProperty(field);
        var inSchema = (property.TryGetProperty("items", out var items) ? items : property).GetProperty("enum")
            .EnumerateArray().Where(w => w.ValueKind == JsonValueKind.String).Select(w => w.GetString()!);
        Assert.Equal(words.Order(StringComparer.Ordinal), inSchema.Order(StringComparer.Ordinal));
        Assert.All(words, w => Assert.Contains($"`{w}`", Row(shape, field), StringComparison.Ordinal));
    }

    [Fact]
    public void The_document_has_a_section_for_every_shape_and_a_row_for_every_field()
    {
        var documented = Section().Matches(Docs).SelectMany(s => TableRow().Matches(s.Groups["body"].Value).Select(
            r => $"{s.Groups["shape"].Value}.{r.Groups["field"].Value}={r.Groups["default"].Value}"));
        var known = ContractShapes.All.SelectMany(s => s.Value.Select(
            f => $"{s.Key}.{f.Name}={(f.Required ? "required" : f.Default is null ? "none" : $"`{f.Default}`")}"));
        Assert.Equal(known.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_document_names_every_type_rule_and_source_kind()
    {
        Assert.All(ContractWords.ColumnTypes, t => Assert.Contains($"`{t}`", Docs, StringComparison.Ordinal));
        Assert.All(ContractWords.Rules, r => Assert.Contains($"### Expectation `{r}`", Docs, StringComparison.Ordinal));
        Assert.All(ContractWords.SourceKinds, k => Assert.Contains($"### Source `{k}`", Docs, StringComparison.Ordinal));
        Assert.All(Enum.GetNames<ColumnKind>(), k => Assert.Contains($"`{k.ToLowerInvariant()}", Docs, StringComparison.Ordinal));
        Assert.All(ContractWords.Rules, r => Assert.Contains($"expectation_{r}", ContractShapes.All.Keys));
        Assert.All(ContractWords.SourceKinds, k => Assert.Contains($"source_{k}", ContractShapes.All.Keys));
    }

    [Fact]
    public void The_example_of_the_document_has_no_mistake()
    {
        var example = Example().Match(Docs).Groups["yaml"].Value;
        Assert.Empty(CatalogReader.ReadContract(example, "contracts.md").Problems);
    }

    [Fact]
    public void A_default_written_out_is_the_same_as_a_field_left_out()
    {
        var bare = CatalogReader.ReadContract(SampleCatalog.Units, "x").Contract!;
        var written = SampleCatalog.Units + "\n"
            + Defaults("dataset")
            + $"refresh: {{ {Inline("refresh")} }}\ndrift: {{ {Inline("drift")} }}\nkeep: {{ {Inline("keep")} }}\n";
        written = written.Replace("type: date, ", $"type: date, required: {ContractShapes.Default("column", "required")}, ", StringComparison.Ordinal);
        var (contract, problems) = CatalogReader.ReadContract(written, "x");
        Assert.Empty(problems);
        Assert.Equal(Json(bare), Json(contract!));

        var csv = SampleCatalog.Units.Replace("kind: manual, path: ../data/units.csv", "kind: csv, url: 'https://x.vn/a'", StringComparison.Ordinal);
        var csvWritten = csv.Replace("url: 'https://x.vn/a'", $"url: 'https://x.vn/a', {Inline("source_csv")}", StringComparison.Ordinal);
        Assert.Equal(Json(CatalogReader.ReadContract(csv, "x").Contract!), Json(CatalogReader.ReadContract(csvWritten, "x").Contract!));

        static string Defaults(string shape) => string.Concat(ContractShapes.All[shape].Where(f => f.Default is not null).Select(f => $"{f.Name}: {f.Default}\n"));
        static string Inline(string shape) => string.Join(", ", ContractShapes.All[shape].Where(f => f.Default is not null).Select(f => $"{f.Name}: {f.Default}"));
        static string Json(DatasetContract contract) => JsonSerializer.Serialize(contract with { Yaml = "" });
    }

    private static string Row(string shape, string field)
    {
        var body = Section().Matches(Docs).Single(s => s.Groups["shape"].Value == shape).Groups["body"].Value;
        return TableRow().Matches(body).Single(r => r.Groups["field"].Value == field).Value;
    }

    private static Dictionary<string, JsonElement> Shapes()
    {
        var shapes = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var name in new[] { "dataset", "publishers", "themes", "licenses", "holidays", "framework" })
        {
            using var document = JsonDocument.Parse(File.ReadAllText(Repository.File($"catalogs/schema/{name}.schema.json")));
            var root = document.RootElement.Clone();
            shapes.Add(name, root);
            foreach (var shape in root.GetProperty("$defs").EnumerateObject())
            {
                if (!shapes.TryAdd(shape.Name, shape.Value))
                {
                    Assert.Equal(shapes[shape.Name].GetRawText(), shape.Value.GetRawText());
                }
            }
        }

        return shapes;
    }

    private static bool IsRequired(JsonElement shape, string field)
        => shape.TryGetProperty("required", out var required) && required.EnumerateArray().Any(r => r.GetString() == field);

    /// <summary>A default of a schema as the shapes write it in YAML.</summary>
    private static string Yaml(JsonElement property)
    {
        if (!property.TryGetProperty("default", out var value))
        {
            return "";
        }

        return value.ValueKind switch
        {
            JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(v => v.GetString()))}]",
            JsonValueKind.String when value.GetString() is { Length: 1 } character => $"'{character}'",
            JsonValueKind.String => value.GetString()!,
            _ => value.GetRawText(),
        };
    }

    [GeneratedRegex(@"^### [^\n]* — `(?<shape>[a-z_]+)`\n(?<body>(?:(?!^##)[^\n]*\n)*)", RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Section();

    [GeneratedRegex(@"^\| `(?<field>[a-z_]+)` \| [^|]+ \| (?<default>[^|]+) \| [^|]+ \|$", RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"```yaml\n(?<yaml>.*?)```", RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Example();
}
