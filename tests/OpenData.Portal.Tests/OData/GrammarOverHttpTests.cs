using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using OpenData.TestKit;

namespace OpenData.Portal.Tests.OData;

/// <summary>Every OASIS case as a request to a running portal, headers and preferences too: the golden file says what each is answered with.</summary>
[Collection(ReadingTests.Name)]
public sealed class GrammarOverHttpTests(PortalFixture portal)
{
    private static readonly int[] Meant = [200, 204, 400, 404, 405, 406, 501];

    [Fact]
    public async Task Every_case_is_answered_and_none_with_500()
    {
        var listing = new StringBuilder();
        foreach (var one in GrammarCase.Read("tests/OpenData.Warehouse.Tests/Fixtures/odata-abnf/odata-abnf-testcases.jsonl"))
        {
            using var request = Request(one);
            using var response = await portal.Client.SendAsync(request);
            var status = (int)response.StatusCode;
            var body = await response.Content.ReadAsStringAsync();
            var code = status < 400 ? "" : " " + JsonDocument.Parse(body).RootElement.GetProperty("error").GetProperty("code").GetString();

            Assert.True(Meant.Contains(status), $"{one.Id}: {status} {body}");
            listing.Append(CultureInfo.InvariantCulture, $"{status}{code}  {one.Id.ReplaceLineEndings(" ")}\n");
        }

        Golden.Match(listing.ToString());
    }

    private HttpRequestMessage Request(GrammarCase one)
    {
        switch (one.Rule)
        {
            case "header" or "prefer":
                return With(one.Input.Split(':', 2));
            case "preference" or "includeAnnotationsPreference" or "maxpagesizePreference":
                return With("Prefer", one.Input);
            case "request-id":
                return new HttpRequestMessage(HttpMethod.Post, "odata/$batch")
                {
                    Content = JsonContent.Create(new { requests = new[] { new { id = one.Input, method = "GET", url = "markets?$top=1" } } }),
                };
            case "odataRelativeUri" or "resourcePath" or "entitySetName":
                return Get(one.Input);
            case "context":
                return Get("$metadata" + one.Input);
            case "odataUri":
                return Get(Uri.TryCreate(one.Input, UriKind.Absolute, out var whole) ? whole.PathAndQuery.TrimStart('/') : one.Input);
            case "filter" or "orderby" or "orderBy" or "select" or "compute" or "search" or "expand" or "queryOptions" or "systemQueryOption" or "customQueryOption" or "skiptoken" or "deltatoken":
                return Get("markets?" + one.Input);
            default:
                return Get("markets?$filter=" + Uri.EscapeDataString(Uri.UnescapeDataString(one.Input)));
        }
    }

    private HttpRequestMessage With(params string[] header)
    {
        var request = Get("markets?$top=1");
        request.Headers.TryAddWithoutValidation(header[0], Ascii(header[1].Trim(), from: ' '));
        return request;
    }

    // A space and what is not ASCII cannot be sent; everything else goes out as it is, without the fragment.
    private HttpRequestMessage Get(string relative)
    {
        var sent = Ascii(relative.Split('#')[0], from: '!');
        return new HttpRequestMessage(HttpMethod.Get, new Uri($"{portal.Portal.Root}odata/{sent}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
    }

    private static string Ascii(string text, char from)
        => string.Concat(text.Select(c => c >= from && c < '\x7f' ? c.ToString() : Uri.EscapeDataString(c.ToString())));
}
