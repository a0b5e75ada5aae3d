using OpenData.Catalogs;
using OpenData.Warehouse.Publishing;

namespace OpenData.Warehouse.Tests.Publishing;

public sealed class RetentionTests
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Beyond_the_kept_number_versions_go_but_not_the_last_of_a_month()
    {
        var versions = Daily(60);
        var expired = Expired(versions, new KeepPolicy(3, null, TimeSpan.Zero));

        // Three newest, the last of October and the last of September stay.
        Assert.Equal(["2026-11-22", "2026-11-21", "2026-11-20", "2026-10-31", "2026-09-30"], versions.Select(v => v.Version).Except(expired));
    }

    [Fact]
    public void A_version_replaced_less_than_a_day_ago_stays_whatever_the_policy()
    {
        RetainedVersion[] versions =
        [
            new("c", Now.AddHours(-1), 10),
            new("b", Now.AddHours(-2), 10),
            new("a", Now.AddDays(-3), 10),
        ];

        Assert.Empty(Expired(versions, new KeepPolicy(1, 1, TimeSpan.Zero)));
        Assert.Equal(["b", "a"], Retention.Expired(versions, new KeepPolicy(1, null, TimeSpan.Zero), new HashSet<string>(), Zone, Now.AddDays(2)));
    }

    [Fact]
    public void Bytes_are_a_bound_of_all_kept_versions_together_and_pinned_ones_stay()
    {
        var versions = Daily(6);
        var expired = Retention.Expired(versions, new KeepPolicy(100, 25, TimeSpan.Zero), new HashSet<string> { "2026-11-18" }, Zone, Now);

        Assert.Equal(["2026-11-22", "2026-11-21", "2026-11-18"], versions.Select(v => v.Version).Except(expired));
    }

    [Fact]
    public void Months_are_cut_in_the_datasets_zone()
    {
        RetainedVersion[] versions =
        [
            new("later", Now, 1),

            // 31 October 18:00 UTC is 1 November in Vietnam.
            new("november", new DateTimeOffset(2026, 10, 31, 18, 0, 0, TimeSpan.Zero), 1),
            new("october", new DateTimeOffset(2026, 10, 31, 16, 0, 0, TimeSpan.Zero), 1),
        ];

        Assert.Equal(["november"], Retention.Expired(versions, new KeepPolicy(1, null, TimeSpan.Zero), new HashSet<string>(), Zone, Now.AddDays(2)));
    }

    private static List<RetainedVersion> Daily(int days)
        => [.. Enumerable.Range(0, days).Select(d => new RetainedVersion(Now.AddDays(-d).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), Now.AddDays(-d).AddHours(-11), 10))];

    private static IReadOnlyList<string> Expired(IReadOnlyList<RetainedVersion> versions, KeepPolicy keep)
        => Retention.Expired(versions, keep, new HashSet<string>(), Zone, Now);
}
