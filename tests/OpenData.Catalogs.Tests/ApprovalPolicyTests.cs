namespace OpenData.Catalogs.Tests;

public sealed class ApprovalPolicyTests
{
    [Fact]
    public void A_moment_without_an_offset_is_of_the_contracts_zone()
    {
        var policy = Read("{ required: true, not_before: 2026-12-01T08:00, keep_rejected: P7D }");
        Assert.Equal(new ApprovalPolicy(new DateTimeOffset(2026, 12, 1, 1, 0, 0, TimeSpan.Zero), TimeSpan.FromDays(7)), policy);
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 8, 0, 0, TimeSpan.Zero), Read("{ required: true, not_before: '2026-12-01T08:00Z' }")!.EarliestAt);
    }

    [Fact]
    public void Without_the_field_or_with_required_false_versions_are_published_by_their_runs()
    {
        Assert.Null(CatalogReader.ReadContract(SampleCatalog.Units, "x").Contract!.Approval);
        Assert.Null(Read("{ required: false }"));
        Assert.Equal(ApprovalPolicy.KeepRejectedUsually, Read("{ required: true }")!.KeepRejected);
    }

    [Fact]
    public void An_approval_changes_no_content_hash()
    {
        var plain = CatalogReader.ReadContract(SampleCatalog.Units, "x").Contract!;
        var asked = CatalogReader.ReadContract(SampleCatalog.Units + "\napproval: { required: true }\n", "x").Contract!;
        Assert.Equal(ContractHash.OfDataPart(plain), ContractHash.OfDataPart(asked));
    }

    [Theory]
    [InlineData("{ not_before: 2026-12-01T08:00 }")]
    [InlineData("{ required: perhaps }")]
    [InlineData("{ required: true, not_before: 2026-12-01 }")]
    [InlineData("{ required: true, not_before: 8 giờ sáng }")]
    [InlineData("{ required: true, keep_rejected: P1M }")]
    [InlineData("{ required: true, by: somebody }")]
    public void What_is_no_policy_is_a_mistake_of_the_contract(string approval)
        => Assert.NotEmpty(CatalogReader.ReadContract($"{SampleCatalog.Units}\napproval: {approval}\n", "x").Problems);

    [Theory]
    [InlineData("2026-03-29T02:30", "Europe/Berlin", null)]
    [InlineData("2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30:00Z")]
    [InlineData("2026-12-01T08:00:30", "Asia/Ho_Chi_Minh", "2026-12-01T01:00:30Z")]
    [InlineData("2026-12-01T08:00-05:00", "Asia/Ho_Chi_Minh", "2026-12-01T13:00:00Z")]
    [InlineData("0001-01-01T00:00", "Asia/Ho_Chi_Minh", null)]
    [InlineData("2026-12-01 08:00", "Asia/Ho_Chi_Minh", null)]
    [InlineData("", "Asia/Ho_Chi_Minh", null)]
    public void A_moment_is_read_in_its_zone_and_a_skipped_hour_is_none(string text, string zone, string? utc)
        => Assert.Equal(
            utc is null ? null : DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture),
            LocalMoment.Parse(text, TimeZoneInfo.FindSystemTimeZoneById(zone)));

    private static ApprovalPolicy? Read(string approval)
    {
        var (contract, problems) = CatalogReader.ReadContract($"{SampleCatalog.Units}\napproval: {approval}\n", "x");
        Assert.Empty(problems);
        return contract!.Approval;
    }
}
