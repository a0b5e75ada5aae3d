using System.IO.Compression;
using System.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Staging;

namespace OpenData.Warehouse.Tests.Staging;

public sealed class PackedStagingTests
{
    private static readonly DatasetContract Contract = Stage.Contract("csv", Stage.Column("code", ColumnKind.Code), Stage.Column("name"));

    private static readonly string Rows = "code,name\n" + string.Concat(Enumerable.Range(0, 2000).Select(i => $"{i:0000},Xã {i * 7919}\n"));

    [Fact]
    public void Packed_text_is_read_like_plain_text()
    {
        using var stage = new Stage();
        var plain = Stage.Rows(stage.Load(Contract, Rows));
        var table = stage.Load(Contract, Gzip(Bytes(Rows)));
        Assert.Equal((2000L, 2000L), (table.Received, table.Counted));
        Assert.Equal(plain, Stage.Rows(table));
        Assert.Equal(plain, Stage.Rows(stage.Load(Contract, Workbook.Zip(("xã.csv", Rows)))));
        Assert.Equal(1, stage.Load(Stage.Contract("ndjson", Stage.Column("a")), Gzip("{\"a\":\"x\"}\n"u8.ToArray())).Rows);
        var utf16 = Contract with { Source = new SourceBinding("csv") { Encoding = "utf-16", SkipRows = 1 } };
        Assert.Equal(plain, Stage.Rows(stage.Load(utf16, Gzip(Encoding.Unicode.GetBytes("tiêu đề\n" + Rows)))));
    }

    [Fact]
    public void A_name_in_an_archive_is_used_for_nothing()
    {
        using var stage = new Stage();
        Assert.Equal(2000, stage.Load(Contract, Workbook.Zip(("../../escaped.csv", Rows))).Rows);
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.GetDirectoryName(stage.DataFolder)!), f => f.EndsWith("escaped.csv", StringComparison.Ordinal));
    }

    [Fact]
    public void A_packed_file_cut_off_anywhere_is_damaged_and_never_short()
    {
        using var stage = new Stage();
        var whole = Gzip(Bytes(Rows));
        for (var length = 3; length < whole.Length; length += Math.Max(1, whole.Length / 23))
        {
            Assert.Equal("OD2120", stage.Fails(Contract, whole[..length]));
        }

        Assert.Equal("OD2120", stage.Fails(Contract, [.. whole, .. whole]));
        Assert.Equal("OD2120", stage.Fails(Contract, Workbook.Zip(("a.csv", Rows))[..^30]));
    }

    [Fact]
    public void A_bit_turned_in_a_packed_file_is_found()
    {
        using var stage = new Stage();
        foreach (var packed in new[] { Gzip(Bytes(Rows)), Workbook.Zip(("a.csv", Rows)) })
        {
            for (var at = 60; at < packed.Length - 80; at += packed.Length / 11)
            {
                var bytes = packed.ToArray();
                bytes[at] ^= 4;
                Assert.Equal("OD2120", stage.Fails(Contract, bytes));
            }
        }
    }

    [Fact]
    public void Bombs_several_files_passwords_and_packed_files_inside_are_refused()
    {
        using var stage = new Stage();
        var blanks = new string(' ', 24 << 20);
        Assert.Equal("OD2121", stage.Fails(Contract, Gzip(Bytes(blanks))));
        Assert.Equal("OD2121", stage.Fails(Contract, Workbook.Zip(("a.csv", blanks))));
        Assert.Equal("OD2122", stage.Fails(Contract, Gzip(Gzip(Bytes(Rows)))));
        Assert.Equal("OD2122", stage.Fails(Contract, Gzip(Workbook.Zip(("a.csv", Rows)))));
        Assert.Equal("OD2122", stage.Fails(Contract, Workbook.Zip(("a.csv", Rows), ("b.csv", Rows))));
        Assert.Equal("OD2122", stage.Fails(Contract, Workbook.Zip()));
        var locked = Workbook.Zip(("a.csv", Rows));
        locked[6] |= 1;
        locked[locked.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8] |= 1;
        Assert.Equal("OD2122", stage.Fails(Contract, locked));
        var small = Assert.Throws<OpenDataException>(() => StagingLoader.Load(
            Contract, [stage.Land(Contract, Gzip(Bytes(Rows)))], stage.Options() with { UnpackedBytesMax = 1000 }, CancellationToken.None));
        Assert.Equal("OD2121", small.Code.Code);
    }

    [Fact]
    public void Personal_values_of_a_packed_file_rest_nowhere()
    {
        using var stage = new Stage();
        var contract = Contract with { Columns = [.. Contract.Columns, Stage.Column("citizen") with { Personal = true }] };
        var packed = Gzip(Bytes("code,name,citizen\n01,a,038099000001\n"));
        Assert.Equal(["01", "a"], Stage.Rows(stage.Load(contract, packed))[0]);
        Assert.All(
            Directory.EnumerateFiles(stage.DataFolder, "*", SearchOption.AllDirectories),
            f => Assert.True(File.ReadAllBytes(f).AsSpan().IndexOf(packed) < 0 && File.ReadAllBytes(f).AsSpan().IndexOf("038099000001"u8) < 0, f));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
