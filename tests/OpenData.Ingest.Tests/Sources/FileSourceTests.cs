using OpenData.Catalogs;
using OpenData.Ingest.Sources;
using OpenData.TestKit;

namespace OpenData.Ingest.Tests.Sources;

public sealed class FileSourceTests
{
    [Fact]
    public async Task A_file_a_folder_and_a_file_beside_the_contract_are_found()
    {
        using var folder = new TestFolder();
        folder.Write("in/b.csv", "b");
        folder.Write("in/a.csv", "a");
        folder.Write("in/c.txt", "c");
        folder.Write("data/values.csv", "typed");
        using var rig = new SourceRig(catalogFolder: folder.Path).Set("IN", folder["in"]);
        Assert.Equal(["a", "b"], await rig.Fetch(new SourceBinding("csv") { Path = "${IN}" }));
        Assert.Equal(["b"], await rig.Fetch(new SourceBinding("csv") { Path = "${IN}/b.csv" }));
        Assert.Equal(["typed"], await rig.Fetch(new SourceBinding("manual") { Path = "../data/values.csv" }));
        Assert.DoesNotContain(rig.Origins, o => o.Contains('/', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "all", "A.CSV|b.csv|c.csv")]
    [InlineData("?.csv", "newest_name", "c.csv")]
    [InlineData("B*", "all", "b.csv")]
    [InlineData(null, "newest_time", "b.csv")]
    public async Task A_contract_says_which_files_of_a_folder_are_read(string? pattern, string pick, string files)
    {
        using var folder = new TestFolder();
        var time = new DateTime(2025, 7, 1, 0, 0, 0, DateTimeKind.Utc);
        foreach (var (name, hours) in new[] { ("c.csv", 1), ("b.csv", 3), ("A.CSV", 2), (".hidden.csv", 9), ("d.txt", 9), ("inner/e.csv", 9) })
        {
            File.SetLastWriteTimeUtc(folder.Write("in/" + name, name), time.AddHours(hours));
        }

        using var rig = new SourceRig();
        Assert.Equal(files.Split('|'), await rig.Fetch(new SourceBinding("csv") { Path = folder["in"], Pattern = pattern, Pick = pick }));
    }

    [Theory]
    [InlineData("b.csv.part")]
    [InlineData("a.csv.TMP")]
    [InlineData("~$a.csv")]
    [InlineData(".~lock.a.csv#")]
    [InlineData(".b.csv.Xy12Zw")]
    [InlineData(".b.csv.filepart")]
    public async Task A_drop_that_is_not_complete_is_not_read_until_it_counts_as_given_up(string unfinished)
    {
        using var folder = new TestFolder();
        folder.Write("in/a.csv", "a");
        var open = folder.Write("in/" + unfinished, "half");
        using var rig = new SourceRig();
        Assert.Equal(SourceErrors.StillArriving, await rig.Failure(new SourceBinding("csv") { Path = folder["in"] }));
        Assert.Equal(0, rig.Readings);
        File.SetLastWriteTimeUtc(open, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-2));
        Assert.Equal(["a"], await rig.Fetch(new SourceBinding("csv") { Path = folder["in"] }));
    }

    [Fact]
    public async Task A_file_that_was_written_a_moment_ago_is_waited_for()
    {
        using var folder = new TestFolder();
        folder.Write("in/a.csv", "a");
        using var hasty = new SourceRig(SourceRig.Short with { DropQuiet = TimeSpan.FromMinutes(5) });
        Assert.Equal(SourceErrors.StillArriving, await hasty.Failure(new SourceBinding("csv") { Path = folder["in"] }));
        using var patient = new SourceRig(SourceRig.Short with { DropQuiet = TimeSpan.FromMilliseconds(400), RetryWait = TimeSpan.FromMilliseconds(500) });
        Assert.Equal(["a"], await patient.Fetch(new SourceBinding("csv") { Path = folder["in"] }));

        // A clock ahead of ours, as of a file server, is no reason to wait for ever.
        File.SetLastWriteTimeUtc(folder["in/a.csv"], DateTime.UnixEpoch.AddYears(80));
        Assert.Equal(["a"], await hasty.Fetch(new SourceBinding("csv") { Path = folder["in"] }));
    }

    [Theory]
    [InlineData("a.csv", "replaced")]
    [InlineData("b.csv", "added")]
    public async Task A_folder_that_changes_while_it_is_read_is_read_again(string name, string text)
    {
        using var folder = new TestFolder();
        folder.Write("in/a.csv", new string('a', 300));
        using var rig = new SourceRig { During = () => folder.Write("in/" + name, text) };
        var bodies = await rig.Fetch(new SourceBinding("csv") { Path = folder["in"] });
        Assert.Equal(text, bodies[^1]);
        Assert.True(rig.Readings >= 2);
    }

    [Fact]
    public async Task Unfinished_work_under_a_name_that_does_not_count_is_passed_over()
    {
        using var folder = new TestFolder();
        folder.Write("in/a.csv", "a");
        folder.Write("in/b.csv.part", "half");
        using var rig = new SourceRig();
        Assert.Equal(["a"], await rig.Fetch(new SourceBinding("csv") { Path = folder["in"], Pattern = "a.*" }));
    }

    [Fact]
    public async Task What_is_not_there_is_named_without_its_path()
    {
        using var folder = new TestFolder();
        using var rig = new SourceRig();
        Assert.Equal(SourceErrors.FileMissing, await rig.Failure(new SourceBinding("csv") { Path = folder["none.csv"] }));
        Assert.Equal(SourceErrors.FileMissing, await rig.Failure(new SourceBinding("xlsx") { Path = folder.Path }));
        Assert.Equal(SourceErrors.Empty, await rig.Failure(new SourceBinding("csv") { Path = folder.Write("empty.csv", "") }));
        Assert.Equal(SourceErrors.HtmlInsteadOfData, await rig.Failure(new SourceBinding("csv") { Path = folder.Write("page.csv", "<HTML>") }));
        Assert.Equal(
            SourceErrors.TooLarge, await rig.Failure(new SourceBinding("csv") { Path = folder.Write("big.csv", new byte[(1 << 20) + 1]) }));
    }
}
