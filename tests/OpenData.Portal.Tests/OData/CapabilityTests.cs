using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace OpenData.Portal.Tests.OData;

/// <summary>Requests derived from what <c>$metadata</c> says the service can do: each word of it is tried.</summary>
public sealed class CapabilityTests(EveryTypeFixture fixture) : IClassFixture<EveryTypeFixture>
{
    private const string Prefix = "Org.OData.Capabilities.V1.";

    private static readonly XNamespace Edm = "http://docs.oasis-open.org/odata/ns/edm";

    /// <summary>Function of OData → a condition that calls it. The functions of which we know nothing are here too: they must be 501.</summary>
    private static readonly Dictionary<string, string> Calls = new(StringComparer.Ordinal)
    {
        ["contains"] = "contains(name,'x')",
        ["startswith"] = "startswith(name,'x')",
        ["endswith"] = "endswith(name,'x')",
        ["indexof"] = "indexof(name,'x') eq 0",
        ["length"] = "length(name) eq 1",
        ["substring"] = "substring(name,1) eq 'x'",
        ["tolower"] = "tolower(name) eq 'x'",
        ["toupper"] = "toupper(name) eq 'x'",
        ["trim"] = "trim(name) eq 'x'",
        ["concat"] = "concat(name,'x') eq 'x'",
        ["matchesPattern"] = "matchesPattern(name,'x')",
        ["year"] = "year(at) eq 1",
        ["month"] = "month(day) eq 1",
        ["day"] = "day(at) eq 1",
        ["hour"] = "hour(opens) eq 1",
        ["minute"] = "minute(at) eq 1",
        ["second"] = "second(at) eq 1",
        ["fractionalseconds"] = "fractionalseconds(at) eq 0",
        ["date"] = "date(at) eq 2024-02-29",
        ["time"] = "time(at) eq 08:30:00",
        ["totaloffsetminutes"] = "totaloffsetminutes(at) eq 420",
        ["totalseconds"] = "totalseconds(took) eq 1",
        ["now"] = "at lt now()",
        ["mindatetime"] = "at gt mindatetime()",
        ["maxdatetime"] = "at lt maxdatetime()",
        ["round"] = "round(price) eq 1",
        ["floor"] = "floor(price) eq 1",
        ["ceiling"] = "ceiling(price) eq 1",
        ["case"] = "case(open:level,true:1) eq 1",
        ["geo.distance"] = "geo.distance(place,geography'SRID=4326;Point(105.84 21.59)') lt 5",
        ["geo.length"] = "geo.length(area) lt 5",
        ["geo.intersects"] = "geo.intersects(place,area)",
        ["hassubset"] = "hassubset(tags,tags)",
        ["hassubsequence"] = "hassubsequence(tags,tags)",
        ["isof"] = "isof(name,Edm.String)",
    };

    private HttpClient Client => fixture.Portal.Client;

    [Fact]
    public async Task Every_function_of_FilterFunctions_is_taken_and_every_other_of_OData_is_501()
    {
        var functions = await ContainerAsync("FilterFunctions");
        var named = functions.Descendants(Edm + "String").Select(s => s.Value).ToHashSet(StringComparer.Ordinal);

        Assert.Subset(Calls.Keys.ToHashSet(StringComparer.Ordinal), named);
        foreach (var (name, call) in Calls)
        {
            await IsAsync(named.Contains(name) ? HttpStatusCode.OK : HttpStatusCode.NotImplemented, "odata/things?$filter=" + Uri.EscapeDataString(call));
        }
    }

    [Fact]
    public async Task Every_format_of_SupportedFormats_is_answered_and_is_what_it_says()
    {
        var formats = (await ContainerAsync("SupportedFormats")).Descendants(Edm + "String").Select(s => s.Value).ToList();

        Assert.Contains("application/geo+json", formats);
        Assert.Equal(formats.Distinct(StringComparer.Ordinal), formats);
        foreach (var format in formats)
        {
            using var byOption = await Client.GetAsync("odata/things?$format=" + Uri.EscapeDataString(format));
            using var byHeader = await fixture.Portal.GetAsync("odata/things", "Accept", format);
            foreach (var response in new[] { byOption, byHeader })
            {
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                Assert.Equal(format.Split(';')[0], response.Content.Headers.ContentType!.MediaType);
            }

            Assert.Equal(await byOption.Content.ReadAsByteArrayAsync(), await byHeader.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task Every_format_of_SupportedMetadataFormats_is_answered()
    {
        foreach (var format in (await ContainerAsync("SupportedMetadataFormats")).Descendants(Edm + "String").Select(s => s.Value))
        {
            using var response = await fixture.Portal.GetAsync("odata/$metadata", "Accept", format);
            Assert.Equal(format, response.Content.Headers.ContentType!.MediaType);
        }
    }

    [Fact]
    public async Task Batches_are_taken_in_every_format_of_BatchSupport_and_go_on_after_a_failure()
    {
        var support = await ContainerAsync("BatchSupport");
        var formats = support.Descendants(Edm + "String").Select(s => s.Value).ToList();

        Assert.Equal(["multipart/mixed", "application/json"], formats);
        Assert.True(Bool(support, "Supported") && Bool(support, "ContinueOnErrorSupported"));
        foreach (var format in formats)
        {
            var isJson = format == "application/json";
            const string part = "--b\r\nContent-Type: application/http\r\n\r\nGET ADDRESS HTTP/1.1\r\n\r\n\r\n";
            using var request = new HttpRequestMessage(HttpMethod.Post, "odata/$batch")
            {
                Content = new StringContent(isJson
                    ? """{"requests":[{"id":"1","method":"GET","url":"nothing"},{"id":"2","method":"GET","url":"things/$count"}]}"""
                    : part.Replace("ADDRESS", "nothing", StringComparison.Ordinal) + part.Replace("ADDRESS", "things/$count", StringComparison.Ordinal) + "--b--"),
            };
            request.Content.Headers.Remove("Content-Type");
            request.Content.Headers.TryAddWithoutValidation("Content-Type", isJson ? format : format + ";boundary=b");
            request.Headers.Add("Prefer", "continue-on-error");
            using var response = await Client.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            Assert.Equal(format, response.Content.Headers.ContentType!.MediaType);
            Assert.Contains(isJson ? "\"status\":404" : "HTTP/1.1 404", text, StringComparison.Ordinal);
            Assert.Contains(isJson ? "\"status\":200" : "HTTP/1.1 200", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_the_container_denies_is_not_there()
    {
        foreach (var (term, address) in new[] { ("CrossJoinSupported", "odata/$crossjoin(things,codes)"), ("QuerySegmentSupported", "odata/things/$query") })
        {
            Assert.Equal("false", (string?)(await ContainerAsync(term)).Attribute("Bool"));
            await IsAsync(HttpStatusCode.NotImplemented, address);
        }

        Assert.Equal("false", (string?)(await ContainerAsync("AsynchronousRequestsSupported")).Attribute("Bool"));
        using var waiting = await fixture.Portal.GetAsync("odata/things", "Prefer", "respond-async");
        Assert.Equal(HttpStatusCode.OK, waiting.StatusCode);
        Assert.False(waiting.Headers.Contains("Preference-Applied"));
    }

    [Fact]
    public async Task The_key_as_segment_finds_the_row_that_parentheses_find()
    {
        Assert.Equal("true", (string?)(await ContainerAsync("KeyAsSegmentSupported")).Attribute("Bool"));
        Assert.Equal(await Client.GetStringAsync("odata/things('A001')"), await Client.GetStringAsync("odata/things/A001"));
        foreach (var set in await SetsAsync())
        {
            Assert.Equal("true", (string?)Of(set, "IndexableByKey").Attribute("Bool"));
        }
    }

    [Fact]
    public async Task Searches_work_where_they_are_said_to_and_are_501_elsewhere()
    {
        foreach (var set in await SetsAsync())
        {
            var works = Bool(Of(set, "SearchRestrictions"), "Searchable");
            foreach (var words in works ? new[] { "ghe", "ghe AND go", "ghe OR ban", "NOT ghe", "\"ghe go\"", "(ghe OR ban) go" } : ["ghe"])
            {
                await IsAsync(works ? HttpStatusCode.OK : HttpStatusCode.NotImplemented, $"odata/{Name(set)}?$search={Uri.EscapeDataString(words)}");
            }
        }
    }

    [Fact]
    public async Task Options_that_are_said_to_work_change_the_answer()
    {
        foreach (var set in await SetsAsync())
        {
            Assert.True(Bool(Of(set, "CountRestrictions"), "Countable"));
            Assert.True(Bool(Of(set, "SelectSupport"), "Supported"));
            foreach (var term in new[] { "TopSupported", "SkipSupported", "ComputeSupported" })
            {
                Assert.Equal("true", (string?)Of(set, term).Attribute("Bool"));
            }

            var rows = int.Parse(await Client.GetStringAsync($"odata/{Name(set)}/$count"), System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(rows, (await JsonAsync($"odata/{Name(set)}?$count=true&$top=0")).GetProperty("@odata.count").GetInt32());
            Assert.Equal(1, (await JsonAsync($"odata/{Name(set)}?$top=1")).GetProperty("value").GetArrayLength());
            Assert.Equal(rows - 1, (await JsonAsync($"odata/{Name(set)}?$skip=1")).GetProperty("value").GetArrayLength());
            var row = (await JsonAsync($"odata/{Name(set)}?$compute=concat(id,'!') as loud&$select=loud&$top=1")).GetProperty("value")[0];
            Assert.Equal(["loud"], row.EnumerateObject().Select(p => p.Name).Where(n => !n.Contains('@', StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Options_behind_lists_in_select_work_where_they_are_said_to()
    {
        foreach (var set in await SetsAsync())
        {
            var lists = Properties(set).Where(p => p.Type.StartsWith("Collection(", StringComparison.Ordinal)).Select(p => p.Name).ToList();
            var said = Of(set, "SelectSupport").Descendants().Where(p => (string?)p.Attribute("Bool") == "true").Select(p => (string)p.Attribute("Property")!).ToList();
            Assert.Equal(lists.Count == 0 ? ["Supported"] : ["Supported", "Filterable", "Sortable", "TopSupported", "SkipSupported", "Countable"], said);
            foreach (var option in lists.SelectMany(l => new[] { "filter=$this ne ''", "orderby=$this desc", "top=1", "skip=1", "count=true" }.Select(o => $"{l}(${o})")))
            {
                await IsAsync(HttpStatusCode.OK, $"odata/{Name(set)}?$select={Uri.EscapeDataString(option)}");
            }

            foreach (var list in lists)
            {
                await IsAsync(HttpStatusCode.NotImplemented, $"odata/{Name(set)}?$select={list}($search=x)");
            }
        }
    }

    [Fact]
    public async Task Every_property_sorts_and_filters_unless_its_set_says_that_it_does_not()
    {
        foreach (var set in await SetsAsync())
        {
            var unsorted = Listed(Of(set, "SortRestrictions"), "NonSortableProperties");
            var unfiltered = Listed(Of(set, "FilterRestrictions"), "NonFilterableProperties");
            Assert.Equal(Name(set) == "things" ? ["place", "area", "tags"] : [], unsorted);
            foreach (var (name, type) in Properties(set))
            {
                var sorts = !unsorted.Contains(name, StringComparer.Ordinal);
                await IsAsync(sorts ? HttpStatusCode.OK : HttpStatusCode.BadRequest, $"odata/{Name(set)}?$orderby={name} asc");
                await IsAsync(sorts ? HttpStatusCode.OK : HttpStatusCode.BadRequest, $"odata/{Name(set)}?$orderby={name} desc");
                var condition = type.StartsWith("Collection(", StringComparison.Ordinal) ? $"{name}/any()" : $"{name} ne null";
                await IsAsync(unfiltered.Contains(name, StringComparer.Ordinal) ? HttpStatusCode.BadRequest : HttpStatusCode.OK, $"odata/{Name(set)}?$filter={condition}");
            }
        }
    }

    [Theory]
    [InlineData("Insert", "POST", "odata/things", "Insertable")]
    [InlineData("Update", "PATCH", "odata/things('A001')", "Updatable")]
    [InlineData("Delete", "DELETE", "odata/things('A001')", "Deletable")]
    public async Task Nothing_can_be_changed_and_the_sets_say_so(string kind, string method, string address, string property)
    {
        Assert.All(await SetsAsync(), set => Assert.False(Bool(Of(set, kind + "Restrictions"), property)));
        using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        using var response = await Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    private static string Name(XElement set) => (string)set.Attribute("Name")!;

    private static XElement Of(XElement target, string term) => target.Elements(Edm + "Annotation").Single(a => (string?)a.Attribute("Term") == Prefix + term);

    private static bool Bool(XElement annotation, string property)
        => (string?)annotation.Element(Edm + "Record")!.Elements(Edm + "PropertyValue").Single(p => (string?)p.Attribute("Property") == property).Attribute("Bool") == "true";

    private static IReadOnlyList<string> Listed(XElement annotation, string property)
        => [.. annotation.Descendants(Edm + "PropertyValue").Where(p => (string?)p.Attribute("Property") == property).Descendants(Edm + "PropertyPath").Select(p => p.Value)];

    private async Task<XDocument> MetadataAsync() => XDocument.Parse(await Client.GetStringAsync("odata/$metadata"));

    private async Task<XElement> ContainerAsync(string term) => Of((await MetadataAsync()).Descendants(Edm + "EntityContainer").Single(), term);

    private async Task<IReadOnlyList<XElement>> SetsAsync() => [.. (await MetadataAsync()).Descendants(Edm + "EntitySet")];

    private static IEnumerable<(string Name, string Type)> Properties(XElement set)
        => set.Document!.Descendants(Edm + "EntityType").Single(t => (string?)t.Attribute("Name") == Name(set)).Elements(Edm + "Property")
            .Select(p => ((string)p.Attribute("Name")!, (string)p.Attribute("Type")!));

    private async Task<JsonElement> JsonAsync(string address) => JsonDocument.Parse(await Client.GetStringAsync(address)).RootElement;

    private async Task IsAsync(HttpStatusCode status, string address)
    {
        using var response = await Client.GetAsync(address);
        Assert.True(status == response.StatusCode, $"{(int)response.StatusCode} where {(int)status} is due: {address}\n{await response.Content.ReadAsStringAsync()}");
    }
}
