using OpenData.Catalogs.Errors;
using OpenData.TestKit;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Tests.Engine;

public sealed class DurableTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Fact]
    public void A_created_file_is_whole_and_leaves_no_part_behind()
    {
        Assert.True(Durable.CreateExclusive(_folder["00000000000000000001"], "v1"u8));
        Assert.Equal("v1", File.ReadAllText(_folder["00000000000000000001"]));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_taken_name_is_left_untouched()
    {
        Assert.True(Durable.CreateExclusive(_folder["a"], "first"u8));
        Assert.False(Durable.CreateExclusive(_folder["a"], "second"u8));
        Assert.Equal("first", File.ReadAllText(_folder["a"]));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Of_many_writers_of_one_name_exactly_one_wins()
    {
        var wins = 0;
        Parallel.For(0, 32, _ => Interlocked.Add(ref wins, Durable.CreateExclusive(_folder["token"], "x"u8) ? 1 : 0));
        Assert.Equal(1, wins);
    }

    [Fact]
    public void Folders_and_files_are_renamed()
    {
        Directory.CreateDirectory(_folder["building"]);
        Directory.CreateDirectory(_folder["published"]);
        _folder.Write("building/data", "x");
        Durable.FlushFile(_folder["building/data"]);
        Durable.FlushFolder(_folder["building"]);

        Durable.Rename(_folder["building"], _folder["published/v1"]);

        Assert.Equal("x", File.ReadAllText(_folder["published/v1/data"]));
        Assert.False(Directory.Exists(_folder["building"]));
        Assert.Throws<OpenDataException>(() => Durable.Rename(_folder["missing"], _folder["elsewhere"]));
    }

    [Fact]
    public void A_read_only_file_can_be_flushed()
    {
        var path = _folder.Write("data", "x");
        File.SetAttributes(path, FileAttributes.ReadOnly);
        Durable.FlushFile(path);
    }

    [Fact]
    public void A_refused_fsync_is_an_error_where_dotnet_keeps_silent()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // The kernel refuses fsync on /dev/full's kind of device with EINVAL, as a broken disk refuses it with EIO.
        using var device = new FileStream("/dev/full", FileMode.Open, FileAccess.Write);
        device.Flush(flushToDisk: true);
        var refused = Assert.Throws<OpenDataException>(() => Durable.FlushFile(device.SafeFileHandle));
        Assert.Equal("OD9003", refused.Code.Code);
        Assert.Contains("fsync", refused.InnerException!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_is_an_error()
        => Assert.Equal("OD9003", Assert.Throws<OpenDataException>(() => Durable.FlushFolder(_folder["missing"])).Code.Code);

    [Fact]
    public void A_fault_before_the_link_leaves_nothing_and_one_after_it_leaves_the_whole_file()
    {
        foreach (var point in (string[])["durable-part-written", "durable-part-flushed"])
        {
            using (Fault.ThrowAt(point))
            {
                Assert.Throws<IOException>(() => Durable.CreateExclusive(_folder["a"], "x"u8));
            }

            Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
        }

        using (Fault.ThrowAt("durable-linked"))
        {
            Assert.Throws<IOException>(() => Durable.CreateExclusive(_folder["a"], "x"u8));
        }

        Assert.Equal("x", File.ReadAllText(_folder["a"]));
    }

    [Fact]
    public void The_dice_follow_their_seed()
    {
        Assert.Equal((7UL, 5), Fault.ReadDice("7:5"));
        Assert.Equal((0UL, 0), Fault.ReadDice(null));
        Assert.Equal((0UL, 0), Fault.ReadDice("x"));
        Assert.Equal(Fault.Roll(1, 1), Fault.Roll(1, 1));
        Assert.InRange(Enumerable.Range(0, 10_000).Count(n => Fault.Roll(42, n) < 100), 800, 1_200);
    }

    public void Dispose() => _folder.Dispose();
}
