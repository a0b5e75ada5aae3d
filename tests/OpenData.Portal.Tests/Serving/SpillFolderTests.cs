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
        File.WriteAllBytes(Path.Combine(living.Path, "sort.tmp"), [1]);
        var dead = Directory.CreateDirectory(Path.Combine(parent, "dead")).FullName;
        File.WriteAllBytes(Path.Combine(dead, "lock"), []);
        File.WriteAllBytes(Path.Combine(dead, "sort.tmp"), [1]);

        using (var next = new SpillFolder(parent))
        {
            Assert.False(Directory.Exists(dead));
            Assert.True(File.Exists(Path.Combine(living.Path, "sort.tmp")));
            Assert.NotEqual(living.Path, next.Path);
        }

        Assert.Single(Directory.GetDirectories(parent));
    }
}
