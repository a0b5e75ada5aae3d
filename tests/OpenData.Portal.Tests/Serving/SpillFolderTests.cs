using OpenData.Portal.Serving;
using OpenData.TestKit;

namespace OpenData.Portal.Tests.Serving;

public sealed class SpillFolderTests
{
    [Fact]
    public void What_a_dead_process_left_is_removed_and_what_a_living_one_uses_stays()
    {
        using var folder = new TestFolder();
        var parent = folder["spill"];
        using var living = new SpillFolder(parent);
        File.WriteAllText(Path.Combine(living.Path, "sort.tmp"), "in use");
        var dead = Directory.CreateDirectory(Path.Combine(parent, "dead")).FullName;
        File.WriteAllText(Path.Combine(dead, "lock"), "");
        File.WriteAllText(Path.Combine(dead, "sort.tmp"), "left behind");

        using (var next = new SpillFolder(parent))
        {
            Assert.False(Directory.Exists(dead));
            Assert.True(File.Exists(Path.Combine(living.Path, "sort.tmp")));
            Assert.NotEqual(living.Path, next.Path);
        }

        Assert.Single(Directory.GetDirectories(parent));
    }
}
