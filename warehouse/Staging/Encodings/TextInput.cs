using System.Globalization;
using System.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Staging;

/// <summary>
/// A landed text file, read twice: <see cref="Check"/> proves the encoding, finds NUL bytes, web pages and empty files and feeds the
/// independent counter; <see cref="Open"/> then gives the UTF-8 to the reader. Both begin after byte order mark and skipped lines.
/// </summary>
internal sealed class TextInput
{
    private const int BlockBytes = 256 * 1024;

    private readonly Func<Stream> _open;
    private readonly string _encoding;
    private readonly int _skipLines;

    /// <param name="open">Opens the raw bytes from the start.</param>
    /// <param name="encoding">The contract's encoding name.</param>
    /// <param name="skipLines">Lines at the top that are passed over.</param>
    public TextInput(Func<Stream> open, string encoding, int skipLines)
    {
        _open = open;
        _encoding = encoding;
        _skipLines = skipLines;
        if (encoding is not ("utf-8" or "utf-16" or "windows-1258" or "tcvn3" or "vni"))
        {
            throw new OpenDataException(
                StagingErrors.ContractUnusable,
                new LocalText($"Không có bảng mã '{encoding}'.", $"There is no encoding '{encoding}'."));
        }
    }

    /// <summary>UTF-8 bytes before the first byte that <see cref="Open"/> gives; set by <see cref="Check"/>.</summary>
    public long Skipped { get; private set; }

    /// <summary>Reads everything once.</summary>
    /// <exception cref="OpenDataException">OD2101 empty, OD2102 web page, OD2103 wrong byte, OD2104 NUL byte.</exception>
    public void Check(IRecordCounter counter, char delimiter, CancellationToken token)
    {
        try
        {
            if (_encoding is not ("utf-8" or "utf-16"))
            {
                RefuseUtf8(token);
            }

            Scan(counter, token);
        }
        catch (WrongByte wrong)
        {
            throw Located(wrong, delimiter);
        }
    }

    /// <summary>The UTF-8 after the skipped lines. Call after <see cref="Check"/>.</summary>
    public Stream Open()
    {
        var stream = Decoded();
        if (stream.CanSeek)
        {
            stream.Position = Skipped;
            return stream;
        }

        Span<byte> buffer = stackalloc byte[512];
        for (var left = Skipped; left > 0;)
        {
            left -= stream.Read(buffer[..(int)Math.Min(left, buffer.Length)]);
        }

        return stream;
    }

    /// <summary>True for the beginning of an HTML page.</summary>
    public static bool IsWebPage(ReadOnlySpan<byte> head)
    {
        var text = head.TrimStart(" \t\r\n\uFEFF"u8);
        return Begins(text, "<!doctype html") || Begins(text, "<html") || Begins(text, "<head") || Begins(text, "<body")
            || Begins(text, "<script") || Begins(text, "<!--");

        static bool Begins(ReadOnlySpan<byte> text, string tag)
            => text.Length >= tag.Length && Ascii.EqualsIgnoreCase(text[..tag.Length], tag);
    }

    private Stream Decoded() => DecodingStream.For(_encoding, _open()) is { } decoding ? decoding : _open();

    private void Scan(IRecordCounter counter, CancellationToken token)
    {
        using var stream = Decoded();
        var buffer = new byte[BlockBytes + 4];
        var carry = 0;
        long offset = 0;
        var linesLeft = _skipLines;
        var blank = true;
        var first = true;
        while (true)
        {
            token.ThrowIfCancellationRequested();
            var read = stream.ReadAtLeast(buffer.AsSpan(carry, BlockBytes), BlockBytes, throwOnEndOfStream: false);
            var last = read < BlockBytes;
            var block = buffer.AsSpan(0, carry + read);
            if (first && IsWebPage(block[..Math.Min(block.Length, 512)]))
            {
                throw new OpenDataException(
                    StagingErrors.WebPage,
                    new LocalText("Nội dung là trang HTML, có thể là trang đăng nhập.", "The content is an HTML page, perhaps a login page."));
            }

            var whole = last ? block.Length : WholeCharacters(block);
            if (_encoding == "utf-8")
            {
                Prove(block[..whole], offset);
            }

            var start = first && block.StartsWith("\uFEFF"u8) ? 3 : 0;
            if (first)
            {
                Skipped = start;
            }

            blank = blank && block[start..whole].IndexOfAnyExcept(" \t\r\n"u8) < 0;
            var data = (ReadOnlySpan<byte>)block[start..whole];
            if (linesLeft > 0)
            {
                var skip = SkipLines(data, ref linesLeft);
                Skipped += skip;
                data = data[skip..];
            }

            counter.Add(data);
            first = false;
            offset += whole;
            if (last)
            {
                break;
            }

            carry = block.Length - whole;
            block[whole..].CopyTo(buffer);
        }

        if (blank)
        {
            throw new OpenDataException(
                StagingErrors.EmptyFile,
                new LocalText("Tệp không có nội dung.", "The file has no content."));
        }
    }

    // A line ends with LF, CR LF or CR; only LF counts here so that a CR at a block's end needs no memory. Old Mac files have no titles.
    private static int SkipLines(ReadOnlySpan<byte> data, ref int linesLeft)
    {
        var at = 0;
        while (linesLeft > 0)
        {
            var end = data[at..].IndexOf((byte)'\n');
            if (end < 0)
            {
                return data.Length;
            }

            at += end + 1;
            linesLeft--;
        }

        return at;
    }

    private static int WholeCharacters(ReadOnlySpan<byte> block)
    {
        // At most three bytes of a character may hang over; a longer tail of continuation bytes is wrong and is found by the proof.
        for (var back = 1; back <= 3 && back <= block.Length; back++)
        {
            var b = block[^back];
            if (b >= 0xC0)
            {
                var needed = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
                return needed > back ? block.Length - back : block.Length;
            }

            if (b < 0x80)
            {
                break;
            }
        }

        return block.Length;
    }

    private static void Prove(ReadOnlySpan<byte> block, long offset)
    {
        var nul = block.IndexOf((byte)0);
        if (!System.Text.Unicode.Utf8.IsValid(block))
        {
            var at = 0;
            while (at < block.Length && Rune.DecodeFromUtf8(block[at..], out _, out var used) == System.Buffers.OperationStatus.Done)
            {
                at += used;
            }

            if (nul < 0 || at < nul)
            {
                var hex = block[at].ToString("X2", CultureInfo.InvariantCulture);
                var hint = offset == 0 && at == 0 && block is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];
                throw new WrongByte(
                    offset + at,
                    $"byte 0x{hex} không phải UTF-8{(hint ? "; tệp có vẻ là UTF-16" : "")}",
                    $"byte 0x{hex} is not UTF-8{(hint ? "; the file looks like UTF-16" : "")}",
                    StagingErrors.WrongEncoding);
            }
        }

        if (nul >= 0)
        {
            throw new WrongByte(offset + nul, "byte NUL", "a NUL byte", StagingErrors.NulByte);
        }
    }

    // Nearly every byte is a letter in an 8-bit encoding, so that text that is plainly UTF-8 must be told apart first.
    private void RefuseUtf8(CancellationToken token)
    {
        using var stream = _open();
        var buffer = new byte[BlockBytes + 4];
        var carry = 0;
        long offset = 0;
        long firstLetter = -1;
        while (true)
        {
            token.ThrowIfCancellationRequested();
            var read = stream.ReadAtLeast(buffer.AsSpan(carry, BlockBytes), BlockBytes, throwOnEndOfStream: false);
            var last = read < BlockBytes;
            var block = buffer.AsSpan(0, carry + read);
            var whole = last ? block.Length : WholeCharacters(block);
            if (!System.Text.Unicode.Utf8.IsValid(block[..whole]))
            {
                return;
            }

            var letter = block[..whole].IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            firstLetter = firstLetter < 0 && letter >= 0 ? offset + letter : firstLetter;
            offset += whole;
            if (last)
            {
                break;
            }

            carry = block.Length - whole;
            block[whole..].CopyTo(buffer);
        }

        if (firstLetter >= 0)
        {
            throw new WrongByte(
                firstLetter, $"văn bản là UTF-8, không phải {_encoding}", $"the text is UTF-8, not {_encoding}", StagingErrors.WrongEncoding);
        }
    }

    /// <summary>Adds row and column: a slow second look, only ever taken at an error.</summary>
    private OpenDataException Located(WrongByte wrong, char delimiter)
    {
        long row = 1;
        var column = 1;
        var quoted = false;
        using (var stream = new BufferedStream(_open(), BlockBytes))
        {
            for (long i = 0; i < wrong.Offset; i++)
            {
                var b = stream.ReadByte();
                if (b < 0)
                {
                    break;
                }

                if (b == '"')
                {
                    quoted = !quoted;
                }
                else if (b == '\n')
                {
                    row++;
                    column = quoted ? column : 1;
                }
                else if (b == delimiter && !quoted)
                {
                    column++;
                }
            }
        }

        return new OpenDataException(
            wrong.Code,
            new LocalText(
                $"Vị trí byte {wrong.Offset}, dòng {row}, cột {column}: {wrong.Vi}.",
                $"At byte {wrong.Offset}, line {row}, column {column}: {wrong.En}."));
    }
}
