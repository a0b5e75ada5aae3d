using System.Globalization;
using System.Text;

namespace OpenData.Warehouse.Staging;

/// <summary>Bytes of a declared encoding as UTF-8, strictly: what does not belong is a <see cref="WrongByte"/>. Forward only.</summary>
internal abstract class DecodingStream(Stream source) : Stream
{
    private const int BlockBytes = 64 * 1024;

    private readonly byte[] _input = new byte[BlockBytes];
    private readonly byte[] _output = new byte[(BlockBytes * 4) + 16];
    private int _from;
    private int _to;
    private bool _ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Offset in the source of the block under way.</summary>
    protected long BlockOffset { get; private set; }

    /// <summary>The stream of an encoding's name; a plain reader for utf-8.</summary>
    public static DecodingStream? For(string encoding, Stream source) => encoding switch
    {
        "utf-16" => new Utf16Stream(source),
        "windows-1258" => new TableStream(source, ByteTable.Windows1258),
        "tcvn3" => new TableStream(source, ByteTable.Tcvn3),
        "vni" => new TableStream(source, ByteTable.Vni),
        _ => null,
    };

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (_from == _to && !_ended)
        {
            var read = source.ReadAtLeast(_input, BlockBytes, throwOnEndOfStream: false);
            _ended = read < BlockBytes;
            _from = 0;
            _to = Decode(_input.AsSpan(0, read), _output, _ended);
            BlockOffset += read;
        }

        var length = Math.Min(buffer.Length, _to - _from);
        _output.AsSpan(_from, length).CopyTo(buffer);
        _from += length;
        return length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Decodes a whole block into the output; gives the length written.</summary>
    protected abstract int Decode(ReadOnlySpan<byte> input, Span<byte> output, bool last);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    private sealed class TableStream(Stream source, ByteTable table) : DecodingStream(source)
    {
        private char _letter;

        protected override int Decode(ReadOnlySpan<byte> input, Span<byte> output, bool last)
        {
            var length = 0;
            for (var i = 0; i < input.Length; i++)
            {
                var b = input[i];
                if (table.Utf8[b] is not { } bytes)
                {
                    throw Wrong(i, b, "không phải ký tự của tiếng Việt trong bảng mã", "is no character of Vietnamese text in this encoding");
                }

                if (table.IsMark[b])
                {
                    if (!ByteTable.Carries(_letter, table.First[b]))
                    {
                        throw Wrong(i, b, "là dấu không đi sau nguyên âm", "is a mark that follows no vowel");
                    }

                    _letter = '\0';
                }
                else
                {
                    _letter = table.First[b];
                }

                bytes.CopyTo(output[length..]);
                length += bytes.Length;
            }

            return length;
        }

        private WrongByte Wrong(int at, byte b, string vi, string en)
        {
            var hex = b.ToString("X2", CultureInfo.InvariantCulture);
            return b == 0
                ? new WrongByte(BlockOffset + at, "byte NUL", "a NUL byte", StagingErrors.NulByte)
                : new WrongByte(BlockOffset + at, $"byte 0x{hex} {vi}", $"byte 0x{hex} {en}", StagingErrors.WrongEncoding);
        }
    }

    private sealed class Utf16Stream(Stream source) : DecodingStream(source)
    {
        private bool? _bigEndian;
        private char _high;

        protected override int Decode(ReadOnlySpan<byte> input, Span<byte> output, bool last)
        {
            // Without a byte order mark, ASCII at the start tells the order; the default is little-endian.
            _bigEndian ??= input is [0xFE, 0xFF, ..] || (input is [0, not 0, ..]);
            if (input.Length % 2 != 0)
            {
                throw new WrongByte(BlockOffset + input.Length - 1, "nửa đơn vị UTF-16 ở cuối", "half a UTF-16 unit at the end", StagingErrors.WrongEncoding);
            }

            Span<char> pair = stackalloc char[2];
            var length = 0;
            for (var i = 0; i < input.Length; i += 2)
            {
                var unit = (char)(_bigEndian.Value ? (input[i] << 8) | input[i + 1] : input[i] | (input[i + 1] << 8));
                if (_high != 0)
                {
                    if (!char.IsLowSurrogate(unit))
                    {
                        throw Lone(i - 2);
                    }

                    pair[0] = _high;
                    pair[1] = unit;
                    length += Encoding.UTF8.GetBytes(pair, output[length..]);
                    _high = '\0';
                    continue;
                }

                if (char.IsLowSurrogate(unit))
                {
                    throw Lone(i);
                }

                if (unit == 0)
                {
                    throw new WrongByte(BlockOffset + i, "ký tự NUL", "a NUL character", StagingErrors.NulByte);
                }

                if (char.IsHighSurrogate(unit))
                {
                    _high = unit;
                    continue;
                }

                length += new Rune(unit).EncodeToUtf8(output[length..]);
            }

            return last && _high != 0 ? throw Lone(input.Length - 2) : length;
        }

        private WrongByte Lone(int at) => new(
            BlockOffset + at, "nửa cặp thay thế UTF-16", "half of a UTF-16 surrogate pair", StagingErrors.WrongEncoding);
    }
}
