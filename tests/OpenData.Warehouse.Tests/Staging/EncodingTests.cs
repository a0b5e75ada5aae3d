using System.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Staging;

namespace OpenData.Warehouse.Tests.Staging;

public sealed class EncodingTests
{
    private const string Sentence = "Sở Nội vụ tỉnh Thái Nguyên: ĐỊNH hướng, quỹ, ngoẵng, ƯỚC kỳ";

    // The same words in each old encoding, byte by byte as the old programs wrote them.
    private static readonly Dictionary<string, byte[]> Old = new()
    {
        ["windows-1258"] = Bytes("Th\u00E1i Nguy\u00EAn, \u0110i\u00EA\u0323n \u01B0\u01A1\u0301c", 1258),
        ["tcvn3"] = [.. "Th"u8, 0xB8, .. "i Nguy"u8, 0xAA, .. "n, "u8, 0xA7, .. "i"u8, 0xD6, .. "n "u8, 0xAD, 0xED, .. "c"u8],
        ["vni"] = [.. "Tha"u8, 0xF9, .. "i Nguye"u8, 0xE2, .. "n, "u8, 0xD1, .. "ie"u8, 0xE4, .. "n "u8, 0xF6, 0xF4, 0xF9, .. "c"u8],
    };

    [Fact]
    public void Old_Vietnamese_encodings_become_NFC()
    {
        using var stage = new Stage();
        foreach (var (encoding, words) in Old)
        {
            var contract = Stage.Contract(new SourceBinding("csv") { Encoding = encoding }, Stage.Column("a"), Stage.Column("b"));
            var table = stage.Load(contract, (byte[])[.. "a,b\n"u8, .. words, .. "x,1\n"u8]);
            Assert.Equal("ragged", Stage.Rules(table)[0]);
            table = stage.Load(contract, (byte[])[.. "a,b\n\""u8, .. words, .. "\",1\n"u8]);
            Assert.Equal("Thái Nguyên, Điện ước", Stage.Rows(table)[0][0]);
        }
    }

    [Fact]
    public void Text_in_another_encoding_than_declared_is_refused()
    {
        using var stage = new Stage();
        foreach (var (encoding, _) in Old)
        {
            var contract = Stage.Contract(new SourceBinding("csv") { Encoding = encoding }, Stage.Column("a"));
            Assert.Equal("OD2103", stage.Fails(contract, "a\nThái Nguyên\n"));
            Assert.Equal("OD2103", stage.Fails(contract, [.. "a\nxyz"u8, 0x01]));
            Assert.Equal("OD2104", stage.Fails(contract, [.. "a\nxyz"u8, 0]));
        }

        // A tone after a consonant, two tones on one vowel, a German letter.
        var contract1258 = Stage.Contract(new SourceBinding("csv") { Encoding = "windows-1258" }, Stage.Column("a"));
        Assert.Equal("OD2103", stage.Fails(contract1258, [.. "a\nb"u8, 0xEC]));
        Assert.Equal("OD2103", stage.Fails(contract1258, [.. "a\na"u8, 0xEC, 0xF2]));
        Assert.Equal("OD2103", stage.Fails(contract1258, [.. "a\n"u8, 0xDF]));
        Assert.Equal("OD2103", stage.Fails(contract1258, [.. "a\n"u8, .. Old["tcvn3"]]));
        var utf8 = Stage.Contract("csv", Stage.Column("a"));
        Assert.All(Old.Values, words => Assert.Equal("OD2103", stage.Fails(utf8, [.. "a\n"u8, .. words])));
    }

    [Fact]
    public void Utf16_is_read_with_or_without_its_mark()
    {
        using var stage = new Stage();
        var contract = Stage.Contract(new SourceBinding("csv") { Encoding = "utf-16", SkipRows = 1 }, Stage.Column("a"), Stage.Column("b"));
        var text = $"tiêu đề\na,b\n\"{Sentence}\",😀\n";
        foreach (var encoding in new Encoding[] { Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            Assert.Equal([Sentence, "😀"], Stage.Rows(stage.Load(contract, [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]))[0]);
            Assert.Equal([Sentence, "😀"], Stage.Rows(stage.Load(contract, encoding.GetBytes(text)))[0]);
            Assert.Equal("OD2103", stage.Fails(contract, encoding.GetBytes(text)[..^1]));
            var half = encoding.GetBytes(text + "😀")[..^2];
            Assert.Equal("OD2103", stage.Fails(contract, half));
            Assert.Equal("OD2103", stage.Fails(contract, [.. half, .. encoding.GetBytes("x")]));
        }

        Assert.Equal("OD2103", stage.Fails(Stage.Contract("csv", Stage.Column("a")), Encoding.Unicode.GetPreamble()));
    }

    [Fact]
    public void The_table_of_windows_1258_agrees_with_the_frameworks()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var framework = Encoding.GetEncoding(1258);
        for (var b = 0x20; b < 0x100; b++)
        {
            if (ByteTable.Windows1258.Utf8[b] is { } ours)
            {
                Assert.Equal(framework.GetString([(byte)b]), Encoding.UTF8.GetString(ours));
            }
        }
    }

    [Fact]
    public void Every_Vietnamese_letter_survives_every_old_encoding()
    {
        foreach (var (table, capitals) in new[] { (ByteTable.Tcvn3, false), (ByteTable.Vni, true), (ByteTable.Windows1258, true) })
        {
            var reachable = Reachable(table);
            foreach (var letter in Letters(capitals))
            {
                Assert.Contains(letter.ToString(), reachable);
            }
        }
    }

    [Fact]
    public void Decoding_does_not_depend_on_where_blocks_end()
    {
        using var stage = new Stage();
        var contract = Stage.Contract(new SourceBinding("csv") { Encoding = "vni" }, Stage.Column("a"));
        var bytes = new List<byte>("a\n"u8.ToArray());
        for (var i = 0; i < 30_000; i++)
        {
            bytes.AddRange([(byte)'a', 0xF9, (byte)'\n']);
        }

        var table = stage.Load(contract, bytes.ToArray());
        Assert.Equal([["30000"]], Stage.Read(table, "SELECT count(*) FROM staged WHERE a = 'á'"));
    }

    [Fact]
    public void A_wrong_byte_far_inside_is_placed()
    {
        using var stage = new Stage();
        var text = "a,b\n" + string.Concat(Enumerable.Repeat("Thái Nguyên,x\n", 100_000));
        byte[] bytes = [.. Encoding.UTF8.GetBytes(text), .. "ok,"u8, 0xC3, 0x28];
        var failure = Assert.Throws<OpenDataException>(() => stage.Load(Stage.Contract("csv", Stage.Column("a"), Stage.Column("b")), bytes));
        Assert.Contains($"byte {bytes.Length - 2}, line 100002, column 2", failure.Detail.En, StringComparison.Ordinal);
    }

    private static byte[] Bytes(string text, int codePage)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(codePage).GetBytes(text);
    }

    private static HashSet<string> Reachable(ByteTable table)
    {
        var singles = table.Utf8.Where(b => b is not null).Select(b => Encoding.UTF8.GetString(b!)).ToList();
        return
        [
            .. singles,
            .. from a in singles from b in singles where b[0] is >= '\u0300' and <= '\u036F' select (a + b).Normalize(NormalizationForm.FormC),
        ];
    }

    private static string Letters(bool capitals)
    {
        const string Small = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ";
        return capitals ? Small + Small.ToUpperInvariant() : Small;
    }
}
