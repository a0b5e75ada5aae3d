using System.Text;

namespace OpenData.Warehouse.Staging;

/// <summary>What the bytes of an 8-bit Vietnamese encoding mean. Bytes without meaning, and letters of other languages, are null.</summary>
internal sealed class ByteTable
{
    /// <summary>Windows-1258: base letters of CP1252 with ă ơ ư đ ₫ and five combining tones.</summary>
    public static readonly ByteTable Windows1258 = new(MakeWindows1258());

    /// <summary>TCVN 5712:1993 VN3 (fonts .VnTime, ABC): one byte a letter.</summary>
    public static readonly ByteTable Tcvn3 = new(MakeTcvn3());

    /// <summary>VNI Windows: a base letter followed by a mark byte.</summary>
    public static readonly ByteTable Vni = new(MakeVni());

    private ByteTable(string?[] texts)
    {
        Utf8 = [.. texts.Select(t => t is null ? null : Encoding.UTF8.GetBytes(t))];
        IsMark = [.. texts.Select(t => t is { Length: > 0 } && t[0] is >= '\u0300' and <= '\u036F')];
        First = [.. texts.Select(t => t is { Length: > 0 } ? t[0] : '\0')];
    }

    /// <summary>UTF-8 of each byte; null where the byte may not appear.</summary>
    public byte[]?[] Utf8 { get; }

    /// <summary>True for bytes that put marks on the letter before.</summary>
    public bool[] IsMark { get; }

    /// <summary>First UTF-16 unit of each byte's text.</summary>
    public char[] First { get; }

    /// <summary>True when the mark may follow the letter: tones on a bare vowel, circumflex on a e o, breve on a.</summary>
    public static bool Carries(char letter, char mark) => char.ToLowerInvariant(letter) is var l && mark switch
    {
        '\u0302' => l is 'a' or 'e' or 'o',
        '\u0306' => l is 'a',
        _ => l is 'a' or 'ă' or 'â' or 'e' or 'ê' or 'i' or 'o' or 'ô' or 'ơ' or 'u' or 'ư' or 'y',
    };

    private static string?[] Ascii()
    {
        var table = new string?[256];
        for (var b = 0x20; b < 0x7F; b++)
        {
            table[b] = ((char)b).ToString();
        }

        table['\t'] = "\t";
        table['\n'] = "\n";
        table['\r'] = "\r";
        return table;
    }

    private static void Put(string?[] table, int from, string letters)
    {
        foreach (var letter in letters)
        {
            table[from++] = letter == '·' ? null : letter.ToString();
        }
    }

    private static string?[] MakeWindows1258()
    {
        var table = Ascii();

        // A dot stands for a byte without meaning or a letter that no Vietnamese text has.
        Put(table, 0x80, "€·‚·„…†‡ˆ‰·‹·····‘’“”•–—˜™·›····");
        Put(table, 0xA0, "\u00A0·¢£¤¥¦§¨©ª«¬\u00AD®¯°±²³´µ¶");
        table[0xB7] = "·";
        Put(table, 0xB8, "¸¹º»¼½¾·");
        Put(table, 0xC0, "ÀÁÂĂ····ÈÉÊ·\u0300Í··Đ·\u0309ÓÔƠ·×·ÙÚ··Ư\u0303·");
        Put(table, 0xE0, "àáâă····èéê·\u0301í··đ·\u0323óôơ·÷·ùú··ư₫·");
        return table;
    }

    // Word processors put these between the letters of the old fonts.
    private static void Quotes(string?[] table)
    {
        table[0x85] = "…";
        Put(table, 0x91, "‘’“”•–—");
        table[0xA0] = "\u00A0";
    }

    private static string?[] MakeTcvn3()
    {
        var table = Ascii();
        Quotes(table);
        Put(table, 0xA1, "ĂÂÊÔƠƯĐăâêôơưđ");
        Put(table, 0xB5, "àảãáạ·ằẳẵắ");
        Put(table, 0xC6, "ặầẩẫấậè·ẻẽéẹềểễếệìỉ···ĩíịò·ỏõóọồổỗốộờởỡớợù·ủũúụừửữứựỳỷỹýỵ");
        return table;
    }

    private static string?[] MakeVni()
    {
        var table = Ascii();
        Quotes(table);
        string[] marks = ["\u0301", "\u0300", "\u0309", "\u0303", "\u0323"];
        Marks([0xF9, 0xF8, 0xFB, 0xF5, 0xEF], "");
        Marks([0xE1, 0xE0, 0xE5, 0xE3, 0xE4], "\u0302");
        Marks([0xE9, 0xE8, 0xFA, 0xFC, 0xEB], "\u0306");
        table[0xE2] = "\u0302";
        table[0xC2] = "\u0302";
        table[0xEA] = "\u0306";
        table[0xCA] = "\u0306";
        Letters([0xF4, 0xF6, 0xF1, 0xED, 0xEC, 0xE6, 0xF3, 0xF2, 0xEE], "ơưđíìỉĩịỵ");
        return table;

        // Capital letters have their marks 0x20 lower.
        void Marks(int[] bytes, string before)
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                table[bytes[i]] = before + marks[i];
                table[bytes[i] - 0x20] = before + marks[i];
            }
        }

        void Letters(int[] bytes, string letters)
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                table[bytes[i]] = letters[i].ToString();
                table[bytes[i] - 0x20] = char.ToUpperInvariant(letters[i]).ToString();
            }
        }
    }
}
