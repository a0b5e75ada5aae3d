using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using OpenData.TestKit;

namespace OpenData.Portal.Tests.OData;

public sealed class MetadataTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    [Theory]
    [InlineData("4.0")]
    [InlineData("4.01")]
    public async Task The_xml_is_valid_against_the_oasis_schemas(string version)
    {
        using var response = await fixture.Portal.GetAsync("odata/$metadata", "OData-MaxVersion", version);
        var text = await response.Content.ReadAsStringAsync();
        var schemas = new XmlSchemaSet();
        foreach (var name in new[] { "edm.xsd", "edmx.xsd" })
        {
            using var reader = XmlReader.Create(Repository.File("tests/OpenData.Portal.Tests/Fixtures/odata-csdl/" + name));
            schemas.Add(null, reader);
        }

        var problems = new List<string>();
        XDocument.Parse(text).Validate(schemas, (_, e) => problems.Add(e.Message));
        Assert.Empty(problems);
        Assert.Contains($"Version=\"{version}\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain(TestTown.Planted, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_xml_of_one_dataset_is_this()
    {
        var text = await fixture.Client.GetStringAsync("odata/$metadata");
        var document = XDocument.Parse(text);
        XNamespace edm = "http://docs.oasis-open.org/odata/ns/edm";
        var type = document.Descendants(edm + "EntityType").Single(e => (string?)e.Attribute("Name") == "markets");
        var container = document.Descendants(edm + "EntityContainer").Single();
        container.Elements(edm + "EntitySet").Where(s => (string?)s.Attribute("Name") != "markets").Remove();
        Golden.Match(type + "\n" + container + "\n", extension: "xml");
    }

    [Fact]
    public async Task The_json_says_the_same()
    {
        using var response = await fixture.Client.GetAsync("odata/$metadata?$format=json");
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("4.01", body.GetProperty("$Version").GetString());
        Assert.Equal("OpenData.Container", body.GetProperty("$EntityContainer").GetString());
        var markets = body.GetProperty("OpenData").GetProperty("markets");
        Assert.Equal("market_id", markets.GetProperty("$Key")[0].GetString());
        Assert.Equal("Edm.Decimal", markets.GetProperty("turnover").GetProperty("$Type").GetString());
        Assert.Equal("Doanh thu", markets.GetProperty("turnover").GetProperty("@Org.OData.Core.V1.Description").GetString());
        Assert.Equal("Turnover", markets.GetProperty("turnover").GetProperty("@Org.OData.Core.V1.Description#en").GetString());
        Assert.Equal("VND", markets.GetProperty("turnover").GetProperty("@Org.OData.Measures.V1.Unit").GetString());
    }
}
