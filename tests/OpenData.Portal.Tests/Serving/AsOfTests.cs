using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Serving;
using OpenData.TestKit;

namespace OpenData.Portal.Tests.Serving;

public sealed class AsOfTests : IAsyncLifetime, IDisposable
{
    private TestTown _town = null!; // Set before each test.
    private RunningPortal _portal = null!; // Set before each test.

    private ServedData Served => _portal.App.Services.GetRequiredService<ServedData>();

    private AsOf Versions => _portal.App.Services.GetRequiredService<AsOf>();

    private ServedDataset Current => Served.Require("probes");

    public async Task InitializeAsync()
    {
        _town = new TestTown();
        await _town.PublishAsync("probes", TestTown.Probes, "id,value\n1,old\n");
        await _town.PublishAsync("probes", TestTown.Probes, "id,value\n1,new\n");
        _portal = await RunningPortal.StartAsync(_town);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    public void Dispose() => _town.Dispose();

    [Fact]
    public void Nothing_means_the_current_version_and_a_name_the_version_of_that_name()
    {
        var old = Current.Manifest.PreviousVersion!;

        Assert.Equal(Current.Version, Versions.Of(Current, null).Version);
        Assert.Equal(Current.Version, Versions.Of(Current, Current.Version).Version);
        Assert.Equal(old, Versions.Of(Current, old).Version);
    }

    [Fact]
    public void An_instant_means_the_version_that_was_current_then_whatever_its_offset_and_culture()
    {
        var old = _town.Store.Find("probes", Current.Manifest.PreviousVersion!)!.Manifest.PublishedAt;
        foreach (var hours in new[] { 0, 7, -11 })
        {
            var at = old.ToOffset(TimeSpan.FromHours(hours)).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture);
            Culture.Vietnamese(() => Assert.Equal(Current.Manifest.PreviousVersion, Versions.Of(Current, at).Version));

            // As a form decoder leaves it.
            Assert.Equal(Current.Manifest.PreviousVersion, Versions.Of(Current, at.Replace('+', ' ')).Version);
        }

        Assert.Equal("OD1219", Code(old.AddTicks(-1).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture)));
        Assert.Equal(Current.Version, Versions.Of(Current, "9999-12-31T23:59:59Z").Version);
    }

    [Fact]
    public void A_day_means_its_evening_in_the_zone_of_the_dataset()
    {
        var today = Current.Manifest.PublishedAt.ToOffset(TimeSpan.FromHours(7)).Date;

        Assert.Equal(Current.Version, Versions.Of(Current, today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Version);
        Assert.Equal("OD1219", Code(today.AddDays(-2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        Assert.Equal(Current.Version, Versions.Of(Current, "9999-12-31").Version);
        Assert.Equal("OD1219", Code("0001-01-01"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("latest")]
    [InlineData("2025-02-30")]
    [InlineData("2025-07-01T08:30:00")]
    [InlineData("01/07/2025")]
    [InlineData("2025-7-1")]
    [InlineData("20260101T000000000Z-0000000")]
    [InlineData("../../etc")]
    public void Anything_else_is_refused_with_a_value_that_works(string asOf) => Assert.Equal("OD1207", Code(asOf));

    [Fact]
    public void A_version_that_never_was_is_unknown_and_one_whose_files_are_gone_says_so()
    {
        Assert.Equal("OD9031", Code("20200101T000000000Z-00000000"));
        var old = _town.Store.Find("probes", Current.Manifest.PreviousVersion!)!;
        File.WriteAllBytes(old.Path("collected.txt"), "2026-01-01T00:00:00Z\n"u8.ToArray());
        File.Delete(old.DataFile);

        Assert.Equal("OD9032", Code(old.Version));
        Assert.Equal("OD9032", Code(old.Manifest.PublishedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture)));
    }

    private string Code(string asOf) => Assert.Throws<OpenDataException>(() => Versions.Of(Current, asOf)).Code.Code;
}
