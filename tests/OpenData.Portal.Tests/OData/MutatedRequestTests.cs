using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using OpenData.Catalogs.Errors;
using OpenData.TestKit;

namespace OpenData.Portal.Tests.OData;

/// <summary>Addresses and batches, changed at random: through the readers of a request, and over HTTP to a running portal.</summary>
[Collection(ReadingTests.Name)]
public sealed class MutatedRequestTests(PortalFixture portal)
{
    private const int Seed = 20_261_128;

    private static readonly string[] Addresses =
    [
        "markets?$filter=contains(tolower(name),'ch%E1%BB%A3')%20and%20stalls%20gt%2050&$select=name,stalls&$orderby=name%20desc&$top=3&$skip=1&$count=true",
        "markets?filter=stalls%20add%201%20in%20(81,16)%20or%20opened_on%20ge%202020-01-01%20or%20counted_at%20lt%202026-11-01T09:00:00%2B07:00&asof=2026-11-26",
        "markets('0001')/name/$value",
        "markets(market_id=@k)?@k='0002'&$select=name",
        "markets/0003/stalls",
        "markets/$filter(stalls%20gt%201)/$count?$search=cho",
        "markets/$count?$filter=turnover%20gt%201.5%20and%20share%20le%201e0",
        "markets?$apply=filter(stalls%20gt%200)/groupby((covered),aggregate($count%20as%20n,turnover%20with%20sum%20as%20t))&$orderby=n%20desc",
        "markets?$compute=stalls%20mul%202%20as%20twice,year(opened_on)%20as%20y&$filter=twice%20gt%20@x&@x=10&$format=csv",
        "$metadata?$format=json",
        "?$format=json",
        "probes?$select=*&$orderby=value,id&$format=application/json;odata.metadata=full",
    ];

    private static readonly string[] Batches =
    [
        """{"requests":[{"id":"1","method":"GET","url":"markets?$top=1"},{"id":"2","method":"get","url":"/odata/markets/$count","dependsOn":["1"],"headers":{"accept":"text/plain"}}]}""",
        """{"requests":[{"id":"a","atomicityGroup":"g","method":"GET","url":"markets('0001')"},{"id":"b","method":"DELETE","url":"$1","body":{"x":[1,null,"y"]}}]}""",
        "--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nGET markets?$top=1 HTTP/1.1\r\nAccept: application/json\r\n\r\n\r\n--b\r\nContent-Type: application/http\r\n\r\nGET /odata/markets/$count HTTP/1.1\r\n\r\n\r\n--b--\r\n",
    ];

    [Fact]
    public void An_address_is_read_or_refused_with_a_code()
    {
        var texts = new TextMutator(Addresses, Seed);
        var taken = 0;
        var rounds = RunScale.Rounds(TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(1), round =>
        {
            var address = texts.Text(round);
            var error = Record.Exception(() => AddressGrammarTests.Read("/odata/" + address));
            taken += error is null ? 1 : 0;
            Assert.True(error is null or OpenDataException, $"{address}\n{error}");
        });
        SoakReport.Line(string.Create(CultureInfo.InvariantCulture, $"Changed addresses: {rounds} read, {taken} of them taken, nothing but coded failures"));
        Assert.InRange(taken, 1, rounds - 1);
    }

    [Fact]
    public async Task No_address_is_answered_with_500()
    {
        var texts = new TextMutator(Addresses, Seed + 1);
        await RoundsAsync("addresses", round =>
        {
            var address = string.Concat(texts.Text(round).Select(c => c is > ' ' and < '\x7f' and not '#' ? c.ToString() : Escaped(c)));
            var uri = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
            return new HttpRequestMessage(HttpMethod.Get, new Uri($"{portal.Portal.Root}odata/{address}", uri));
        });
    }

    [Fact]
    public async Task No_batch_is_answered_with_500()
    {
        var json = new TextMutator(Batches[..2], Seed);
        var multipart = new TextMutator(Batches[2..], Seed);
        await RoundsAsync("batches", round =>
        {
            var isJson = round % 2 == 0;
            var body = new ByteArrayContent(Encoding.UTF8.GetBytes((isJson ? json : multipart).Text(round)));
            body.Headers.ContentType = MediaTypeHeaderValue.Parse(isJson ? "application/json" : "multipart/mixed; boundary=b");
            return new HttpRequestMessage(HttpMethod.Post, "odata/$batch") { Content = body };
        });
    }

    private async Task RoundsAsync(string what, Func<int, HttpRequestMessage> make)
    {
        var statuses = new SortedDictionary<int, int>();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (var round = 0; watch.Elapsed < (RunScale.IsSoak ? TimeSpan.FromMinutes(2) : TimeSpan.FromSeconds(4)); round++)
        {
            using var request = make(round);
            using var response = await portal.Client.SendAsync(request);
            var status = (int)response.StatusCode;
            var body = await response.Content.ReadAsStringAsync();
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            var inner = what == "batches" && status == 200 && body.StartsWith('{')
                ? JsonDocument.Parse(body).RootElement.GetProperty("responses").EnumerateArray().Select(r => r.GetProperty("status").GetInt32())
                : body.Split("HTTP/1.1 ").Skip(1).Select(r => int.Parse(r.AsSpan(0, 3), CultureInfo.InvariantCulture));

            Assert.True(status is < 500 or 501, $"{what}, round {round}: {status} {body}\n{request.RequestUri}");
            Assert.True(status < 400 || body.Contains("\"code\":\"OD", StringComparison.Ordinal) || body.Length == 0, $"{what}, round {round}: {status} {body}\n{request.RequestUri}");
            Assert.DoesNotContain(500, what == "batches" ? inner : []);
        }

        SoakReport.Line($"Changed {what} over HTTP: {string.Join(", ", statuses.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Value} with {s.Key}")))}");
        Assert.True(statuses.Count > 1);
    }

    private static string Escaped(char c) => char.IsSurrogate(c) ? "%ED%A0%80" : Uri.EscapeDataString(c.ToString());
}
