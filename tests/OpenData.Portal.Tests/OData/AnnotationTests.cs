using System.Globalization;
using System.Xml.Linq;
using OpenData.TestKit;

namespace OpenData.Portal.Tests.OData;

/// <summary>Annotations of <c>$metadata</c> against the vocabularies of OASIS, as they are published, and against the rows.</summary>
public sealed class AnnotationTests(EveryTypeFixture fixture) : IClassFixture<EveryTypeFixture>
{
    private static readonly XNamespace Edm = "http://docs.oasis-open.org/odata/ns/edm";
    private static readonly XNamespace Edmx = "http://docs.oasis-open.org/odata/ns/edmx";

    /// <summary>Schema elements of the vocabularies by qualified name.</summary>
    private static readonly Dictionary<string, XElement> Known =
    (
        from file in Directory.EnumerateFiles(Repository.File("tests/OpenData.Portal.Tests/Fixtures/odata-vocabularies"), "*.xml")
        from schema in XDocument.Load(file).Descendants(Edm + "Schema")
        from element in schema.Elements()
        where element.Attribute("Name") is not null
        select KeyValuePair.Create((string?)schema.Attribute("Namespace") + "." + (string?)element.Attribute("Name"), element)
    ).ToDictionary(StringComparer.Ordinal);

    [Theory]
    [InlineData("4.0")]
    [InlineData("4.01")]
    public async Task Every_term_stands_in_its_vocabulary_for_such_a_target_and_has_a_value_of_its_type(string version)
    {
        var document = await MetadataAsync(version);
        var included = document.Descendants(Edmx + "Include").Select(i => (string)i.Attribute("Namespace")!).ToList();
        var problems = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var annotation in document.Descendants(Edm + "Annotation"))
        {
            var name = (string)annotation.Attribute("Term")!;
            var target = annotation.Parent!.Name.LocalName;
            seen.Add(name);
            if (!Known.TryGetValue(name, out var term) || term.Name.LocalName != "Term")
            {
                problems.Add($"{name}: no such term");
                continue;
            }

            if (!included.Contains(name[..name.LastIndexOf('.')], StringComparer.Ordinal))
            {
                problems.Add($"{name}: its vocabulary is not referred to");
            }

            if ((string?)term.Attribute("AppliesTo") is { } applies && !applies.Split(' ').Contains(target, StringComparer.Ordinal))
            {
                problems.Add($"{name}: applies to {applies}, not to {target}");
            }

            if (RequiredType(term) is { } required && (string?)annotation.Parent.Attribute("Type") != required)
            {
                problems.Add($"{name}: only for {required}");
            }

            problems.AddRange(Wrong(annotation, (string)term.Attribute("Type")!, (string?)annotation.Parent.Attribute("Type")).Select(p => $"{name}: {p}"));
        }

        Assert.Empty(problems);
        Assert.Superset(
            new HashSet<string>(
                ["Org.OData.Core.V1.Description", "Org.OData.Core.V1.LongDescription", "Org.OData.Measures.V1.Unit", "Org.OData.Aggregation.V1.ApplySupported",
                    "Org.OData.Validation.V1.Minimum", "Org.OData.Validation.V1.Maximum", "Org.OData.Validation.V1.Pattern", "Org.OData.Validation.V1.AllowedValues",
                    "Org.OData.Capabilities.V1.BatchSupport"],
                StringComparer.Ordinal),
            seen);
        Assert.DoesNotContain(seen, t => t.EndsWith(".OptimisticConcurrency", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_reference_is_to_a_vocabulary_at_its_address_under_its_own_name()
    {
        foreach (var reference in (await MetadataAsync("4.01")).Descendants(Edmx + "Reference"))
        {
            var include = reference.Element(Edmx + "Include")!;
            var name = (string)include.Attribute("Namespace")!;
            var vocabulary = XDocument.Load(Repository.File($"tests/OpenData.Portal.Tests/Fixtures/odata-vocabularies/{name}.xml")).Descendants(Edm + "Schema").Single();
            Assert.Equal((string?)vocabulary.Attribute("Alias"), (string?)include.Attribute("Alias"));
            Assert.Equal(
                (string)reference.Attribute("Uri")!,
                vocabulary.Descendants(Edm + "PropertyValue").Where(v => (string?)v.Attribute("Property") == "href").Select(v => (string)v.Attribute("String")!).First());
        }
    }

    [NodeFact]
    public async Task The_json_is_valid_against_the_oasis_schema()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, await fixture.Portal.Client.GetStringAsync("odata/$metadata?$format=json"));
            Assert.Empty(await NodeCheck.SchemaAsync(file, Repository.File("tests/OpenData.Portal.Tests/Fixtures/odata-csdl/csdl.schema.json")));

            var broken = (await File.ReadAllTextAsync(file)).Replace("\"$Key\"", "\"$Keys\"", StringComparison.Ordinal);
            await File.WriteAllTextAsync(file, broken);
            Assert.NotEmpty(await NodeCheck.SchemaAsync(file, Repository.File("tests/OpenData.Portal.Tests/Fixtures/odata-csdl/csdl.schema.json")));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("id", "Pattern", "^(?:[A-Z][0-9]{3})$")]
    [InlineData("word", "Pattern", null)]
    [InlineData("state", "AllowedValues", "tốt kém")]
    [InlineData("grade", "AllowedValues", "1 2 3")]
    [InlineData("level", "Minimum", "1")]
    [InlineData("level", "Maximum", "5")]
    [InlineData("price", "Minimum", "0.5")]
    [InlineData("price", "Maximum", null)]
    [InlineData("share", "Maximum", "1")]
    [InlineData("day", "Minimum", "2020-01-01")]
    [InlineData("at", "Minimum", "2020-01-01T00:00:00+07:00")]
    [InlineData("opens", "Minimum", "06:00:00.0000000")]
    [InlineData("took", "Maximum", "P1DT12H")]
    public async Task Rules_of_the_contract_are_said_of_their_columns(string column, string term, string? value)
    {
        var property = (await MetadataAsync("4.01")).Descendants(Edm + "EntityType").Single(t => (string?)t.Attribute("Name") == "things")
            .Elements(Edm + "Property").Single(p => (string?)p.Attribute("Name") == column);
        var annotation = property.Elements(Edm + "Annotation").SingleOrDefault(a => (string?)a.Attribute("Term") == "Org.OData.Validation.V1." + term);

        var said = annotation is null ? null
            : annotation.HasElements ? string.Join(' ', annotation.Descendants(Edm + "PropertyValue").Select(v => v.Attributes().Single(a => a.Name.LocalName != "Property").Value))
            : annotation.Attributes().Single(a => a.Name.LocalName != "Term").Value;
        Assert.Equal(value, said);
    }

    [Fact]
    public async Task Rules_are_not_said_where_rows_of_earlier_contracts_may_remain()
    {
        var type = (await MetadataAsync("4.01")).Descendants(Edm + "EntityType").Single(t => (string?)t.Attribute("Name") == "codes");

        Assert.DoesNotContain(type.Descendants(Edm + "Annotation"), a => ((string)a.Attribute("Term")!).StartsWith("Org.OData.Validation.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_published_row_breaks_a_rule_that_metadata_says()
    {
        var document = await MetadataAsync("4.01");
        var checks = 0;
        foreach (var property in document.Descendants(Edm + "EntityType").Single(t => (string?)t.Attribute("Name") == "things").Elements(Edm + "Property"))
        {
            var name = (string)property.Attribute("Name")!;
            foreach (var annotation in property.Elements(Edm + "Annotation").Where(a => ((string)a.Attribute("Term")!).StartsWith("Org.OData.Validation.", StringComparison.Ordinal)))
            {
                var term = ((string)annotation.Attribute("Term")!).Split('.')[^1];
                var values = annotation.DescendantsAndSelf().Attributes().Where(a => a.Name.LocalName is not ("Term" or "Property" or "Type")).Select(Literal).ToList();
                var breaks = term switch
                {
                    "Minimum" => $"{name} lt {values[0]}",
                    "Maximum" => $"{name} gt {values[0]}",
                    "Pattern" => $"not matchesPattern({name},{values[0]})",
                    "AllowedValues" => $"{name} ne null and not ({name} in ({string.Join(',', values)}))",
                    _ => throw new InvalidOperationException(term),
                };
                Assert.Equal("0", await fixture.Portal.Client.GetStringAsync($"odata/things/$count?$filter={Uri.EscapeDataString(breaks)}"));
                checks++;
            }
        }

        Assert.Equal(12, checks);
        Assert.Equal("3", await fixture.Portal.Client.GetStringAsync("odata/things/$count"));
    }

    private static string Literal(XAttribute constant) => constant.Name.LocalName switch
    {
        "String" => $"'{constant.Value}'",
        "Duration" => $"duration'{constant.Value}'",
        "TimeOfDay" => constant.Value[..15],
        _ => constant.Value,
    };

    private static string? RequiredType(XElement term) => term.Elements(Edm + "Annotation")
        .Where(a => (string?)a.Attribute("Term") == "Core.RequiresType").Select(a => (string?)a.Attribute("String")).SingleOrDefault();

    /// <summary>What is wrong with the value of an annotation, an item or a record's property.</summary>
    private static IEnumerable<string> Wrong(XElement holder, string type, string? targetType)
    {
        if (type.StartsWith("Collection(", StringComparison.Ordinal))
        {
            var collection = holder.Element(Edm + "Collection");
            return collection is null
                ? [$"{type} is no collection here"]
                : collection.Elements().SelectMany(item => WrongItem(item, type["Collection(".Length..^1], targetType));
        }

        if (holder.Element(Edm + "Record") is { } record)
        {
            return WrongItem(record, type, targetType);
        }

        if (holder.Element(Edm + "EnumMember") is { } member)
        {
            return WrongItem(member, type, targetType);
        }

        var constant = holder.Attributes().Single(a => a.Name.LocalName is not ("Term" or "Qualifier" or "Property"));
        return WrongConstant(constant.Name.LocalName, type, targetType);
    }

    private static IEnumerable<string> WrongItem(XElement item, string type, string? targetType)
    {
        switch (item.Name.LocalName)
        {
            case "Record":
                var declared = (string)item.Attribute("Type")!;
                if (declared != Full(type))
                {
                    yield return $"{declared} is no {type}";
                }

                foreach (var value in item.Elements(Edm + "PropertyValue"))
                {
                    var name = (string)value.Attribute("Property")!;
                    if (Property(declared, name) is not { } property)
                    {
                        yield return $"{declared} has no property {name}";
                        continue;
                    }

                    foreach (var problem in Wrong(value, (string)property.Attribute("Type")!, targetType))
                    {
                        yield return $"{name}: {problem}";
                    }
                }

                break;
            case "EnumMember":
                var parts = item.Value.Split('/');
                if (parts[0] != Full(type) || !Known[parts[0]].Elements(Edm + "Member").Any(m => (string?)m.Attribute("Name") == parts[1]))
                {
                    yield return $"{item.Value} is no member of {type}";
                }

                break;
            default:
                foreach (var problem in WrongConstant(item.Name.LocalName, type, targetType))
                {
                    yield return problem;
                }

                break;
        }
    }

    private static IEnumerable<string> WrongConstant(string constant, string type, string? targetType)
    {
        var plain = Full(type) is var full && Known.TryGetValue(full, out var definition) ? (string)definition.Attribute("UnderlyingType")! : type;
        var wanted = plain switch
        {
            "Edm.Boolean" => "Bool",
            "Edm.PropertyPath" => "PropertyPath",
            "Edm.String" => "String",
            "Edm.Int32" => "Int",
            "Edm.PrimitiveType" => targetType switch
            {
                "Edm.Int64" => "Int",
                "Edm.Double" => "Float",
                "Edm.DateTimeOffset" => "DateTimeOffset",
                _ => targetType!["Edm.".Length..],
            },
            _ => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The test does not know {plain} yet.")),
        };
        return constant == wanted ? [] : [$"{constant} where {wanted} is due"];
    }

    private static XElement? Property(string type, string name)
    {
        for (string? at = type; at is not null; at = (string?)Known[Full(at)].Attribute("BaseType"))
        {
            if (Known[Full(at)].Elements(Edm + "Property").FirstOrDefault(p => (string?)p.Attribute("Name") == name) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary><c>Capabilities.X</c>, as vocabularies write their own names, → <c>Org.OData.Capabilities.V1.X</c>.</summary>
    private static string Full(string name)
        => name.Split('.') is [var alias, var rest] && alias != "Edm" ? $"Org.OData.{alias}.V1.{rest}" : name;

    private async Task<XDocument> MetadataAsync(string version)
    {
        using var response = await fixture.Portal.GetAsync("odata/$metadata", "OData-MaxVersion", version);
        return XDocument.Parse(await response.Content.ReadAsStringAsync());
    }
}
