using System.Net;
using OpenData.Catalogs;
using OpenData.Ingest.Sources;

namespace OpenData.Ingest.Tests.Sources;

/// <summary>A name whose meaning changes between two looks (DNS rebinding): what counts is the address that is connected to.</summary>
public sealed class RebindingTests
{
    // Nobody listens there, and nothing is routed there from a test.
    private static readonly IPAddress Public = IPAddress.Parse("192.31.195.1");

    private static readonly SourceLimits Limits = SourceRig.Short with { Connect = TimeSpan.FromMilliseconds(300) };

    [Fact]
    public async Task A_name_that_leads_inside_at_the_second_try_is_refused_then()
    {
        await using var inner = await FlakyAgency.Start((c, _) => FlakyAgency.Text(c, "id\n1\n"));
        var looks = 0;
        using var rig = new SourceRig(Limits, allow: null, resolve: (_, _) => Task.FromResult<IPAddress[]>([looks++ == 0 ? Public : IPAddress.Loopback]));
        Assert.Equal(SourceErrors.AddressRefused, await rig.Failure(new SourceBinding("csv") { Url = $"http://agency.example.vn:{new Uri(inner.Url).Port}/" }));
        Assert.Equal((2, 0), (looks, inner.Requests));
    }

    [Fact]
    public async Task Of_several_addresses_the_inner_ones_are_never_tried()
    {
        await using var inner = await FlakyAgency.Start((c, _) => FlakyAgency.Text(c, "id\n1\n"));
        using var rig = new SourceRig(Limits, allow: null, resolve: (_, _) => Task.FromResult<IPAddress[]>([Public, IPAddress.Loopback, IPAddress.IPv6Loopback]));
        Assert.Contains(
            await rig.Failure(new SourceBinding("csv") { Url = $"http://agency.example.vn:{new Uri(inner.Url).Port}/" }), new[] { SourceErrors.Unreachable, SourceErrors.TooSlow });
        Assert.Equal(0, inner.Requests);
    }

    [Fact]
    public async Task The_address_that_was_judged_is_the_one_connected_to()
    {
        await using var agency = await FlakyAgency.Start((c, _) => FlakyAgency.Text(c, c.Request.Host.Host));
        var looks = 0;
        using var rig = new SourceRig(allow: "agency.example.vn", resolve: (_, _) => Task.FromResult<IPAddress[]>([looks++ == 0 ? IPAddress.Loopback : Public]));
        Assert.Equal(["agency.example.vn"], await rig.Fetch(new SourceBinding("csv") { Url = $"http://agency.example.vn:{new Uri(agency.Url).Port}/" }));
        Assert.Equal(1, looks);
    }

    [Fact]
    public async Task A_databases_name_is_looked_up_and_judged_the_same_way()
    {
        var looks = 0;
        using var rig = new SourceRig(Limits, allow: null, columns: ["id"], resolve: (_, _) => Task.FromResult<IPAddress[]>([looks++ == 0 ? Public : IPAddress.Loopback]))
            .Set("DB", "Host=db.example.vn;Username=a;Password=planted");
        Assert.Equal(SourceErrors.AddressRefused, await rig.Failure(new SourceBinding("database") { Connection = "${DB}", Table = "public.t" }));
        Assert.Equal(2, looks);
    }
}
