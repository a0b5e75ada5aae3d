using System.Globalization;
using OpenData.Catalogs;
using OpenData.TestKit;
using OpenData.Warehouse.Publishing;

namespace OpenData.Warehouse.Tests.Publishing;

public sealed class RetentionTests
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, string> NoPins = [];

    [Fact]
    public void Beyond_the_kept_number_versions_go_but_not_the_last_of_a_month()
    {
        var versions = Daily(60);
        var plan = Plan(versions, Keep(3));

        // Three newest, the last of October and the last of September stay.
        Assert.Equal(["2026-11-22", "2026-11-21", "2026-11-20", "2026-10-31", "2026-09-30"], Kept(plan));
        Assert.Equal(
            [KeptBecause.Current, KeptBecause.AmongNewest, KeptBecause.AmongNewest, KeptBecause.LastOfMonth, KeptBecause.LastOfMonth],
            plan.Where(s => s.Because != KeptBecause.MayGo).Select(s => s.Because));
    }

    [Fact]
    public void A_version_replaced_less_than_a_day_ago_stays_whatever_the_policy_and_says_until_when()
    {
        RetainedVersion[] versions =
        [
            new("c", Now.AddHours(-1), 10),
            new("b", Now.AddHours(-2), 10),
            new("a", Now.AddDays(-3), 10),
        ];

        Assert.Equal(
            [
                new VersionStay("c", KeptBecause.Current, null),
                new VersionStay("b", KeptBecause.ReplacedRecently, Now.AddHours(23)),
                new VersionStay("a", KeptBecause.ReplacedRecently, Now.AddHours(22)),
            ],
            Plan(versions, Keep(1, bytes: 1)));
        Assert.Equal(
            [new VersionStay("b", KeptBecause.MayGo, Now.AddHours(23)), new VersionStay("a", KeptBecause.MayGo, Now.AddHours(22))],
            Retention.Plan(versions, Keep(1), NoPins, Zone, Now.AddDays(2)).Skip(1));
    }

    [Fact]
    public void Among_the_newest_a_version_says_how_many_more_versions_it_stays_and_the_day_that_it_has_in_any_case()
    {
        Assert.Equal(
            [
                new VersionStay("2026-11-22", KeptBecause.Current, null),
                new VersionStay("2026-11-21", KeptBecause.AmongNewest, Now.AddHours(13)) { VersionsLeft = 2 },
                new VersionStay("2026-11-20", KeptBecause.AmongNewest, null) { VersionsLeft = 1 },
                new VersionStay("2026-11-19", KeptBecause.MayGo, Now.AddDays(-1).AddHours(-11)),
            ],
            Plan(Daily(4), Keep(3)));
    }

    [Fact]
    public void Bytes_are_a_bound_of_all_kept_versions_together_and_pinned_ones_stay()
    {
        var versions = Daily(6);
        var plan = Retention.Plan(versions, Keep(100, bytes: 25), new Dictionary<string, string> { ["2026-11-18"] = "cited" }, Zone, Now);

        Assert.Equal(["2026-11-22", "2026-11-21", "2026-11-18"], Kept(plan));
        Assert.Equal(new VersionStay("2026-11-18", KeptBecause.Pinned, null) { PinReason = "cited" }, plan[4]);
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

        Assert.Equal(["later", "october"], Kept(Retention.Plan(versions, Keep(1), NoPins, Zone, Now.AddDays(2))));
    }

    [Fact]
    public void When_a_version_was_replaced_does_not_depend_on_whether_the_one_that_replaced_it_is_still_there()
    {
        RetainedVersion[] versions =
        [
            new("c", Now.AddHours(-1), 1),
            new("a", Now.AddDays(-9), 1) { ReplacedAt = Now.AddDays(-8) },
        ];

        Assert.Equal(new VersionStay("a", KeptBecause.MayGo, Now.AddDays(-7)), Plan(versions, Keep(1))[1]);
    }

    [Fact]
    public void Whatever_the_history_a_day_passes_before_a_version_goes_and_each_month_keeps_its_last()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            Culture.Vietnamese(() =>
            {
                var at = Now;
                var all = Enumerable.Range(0, random.Next(1, 80)).Select(i => new RetainedVersion(
                    i.ToString(CultureInfo.InvariantCulture), at -= TimeSpan.FromMinutes(random.Next(1, 6000)), random.Next(1, 100))).ToList();
                var pins = all.Where(_ => random.Next(10) == 0).ToDictionary(v => v.Version, _ => "pinned", StringComparer.Ordinal);
                var present = all.Where((v, i) => i == 0 || pins.ContainsKey(v.Version) || random.Next(10) > 0)
                    .Select(v => v with { ReplacedAt = v == all[0] ? null : all[all.IndexOf(v) - 1].PublishedAt }).ToList();
                var plan = Retention.Plan(present, Keep(random.Next(1, 9), random.Next(2) == 0 ? null : random.Next(1, 500)), pins, Zone, Now);

                Assert.Equal(present.Select(v => v.Version), plan.Select(s => s.Version));
                foreach (var (version, stay) in present.Zip(plan).Where(p => p.Second.Because == KeptBecause.MayGo))
                {
                    Assert.True(Now - version.ReplacedAt >= TimeSpan.FromDays(1), $"seed {seed}");
                    Assert.False(pins.ContainsKey(version.Version), $"seed {seed}");
                    Assert.Contains(all, v => v.PublishedAt > version.PublishedAt && Month(v) == Month(version));
                    Assert.True(stay.Until <= Now, $"seed {seed}");
                }
            });
        }
    }

    private static string Month(RetainedVersion version)
        => TimeZoneInfo.ConvertTime(version.PublishedAt, Zone).ToString("yyyyMM", CultureInfo.InvariantCulture);

    private static KeepPolicy Keep(int versions, long? bytes = null) => new(versions, bytes, TimeSpan.Zero);

    private static List<RetainedVersion> Daily(int days)
        => [.. Enumerable.Range(0, days).Select(d => new RetainedVersion(Now.AddDays(-d).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Now.AddDays(-d).AddHours(-11), 10))];

    private static IReadOnlyList<VersionStay> Plan(IReadOnlyList<RetainedVersion> versions, KeepPolicy keep)
        => Retention.Plan(versions, keep, NoPins, Zone, Now);

    private static IEnumerable<string> Kept(IEnumerable<VersionStay> plan) => plan.Where(s => s.Because != KeptBecause.MayGo).Select(s => s.Version);
}
