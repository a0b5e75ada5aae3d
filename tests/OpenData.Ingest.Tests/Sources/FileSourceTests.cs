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
