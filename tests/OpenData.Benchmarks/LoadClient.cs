using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OpenData.Benchmarks;

/// <summary>
/// One kept HTTP/1.1 connection that costs almost nothing beside the server: requests are bytes made before, answers are counted and
/// thrown away unless somebody wants them.
/// </summary>
internal sealed class LoadClient : IDisposable
{
    private const int BufferBytes = 256 * 1024;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;

    public LoadClient(int port)
    {
        try
        {
            _socket.Connect(IPAddress.Loopback, port);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>The bytes of a GET.</summary>
    /// <param name="target">Path and query, escaped.</param>
    /// <param name="headers">Whole lines without their ends.</param>
    public static byte[] Get(string target, params ReadOnlySpan<string> headers)
    {
        var text = new StringBuilder($"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n");
        foreach (var header in headers)
        {
            text.Append(header).Append("\r\n");
        }

        return Encoding.ASCII.GetBytes(text.Append("\r\n").ToString());
    }

    /// <summary>Sends the request and reads the answer to its end.</summary>
    /// <param name="request">The request's bytes.</param>
    /// <param name="keep">Where the body goes; null throws it away.</param>
    public LoadAnswer Ask(ReadOnlySpan<byte> request, Stream? keep = null)
    {
        while (request.Length > 0)
        {
            request = request[_socket.Send(request)..];
        }

        var head = ReadHead();
        var status = Number(head.AsSpan(9, 3), 'D');
        if (status is 204 or 304)
        {
            return new LoadAnswer(status, 0, head);
        }

        if (Header(head, "Content-Length"u8) is { Length: > 0 } length)
        {
            var bytes = Number(length, 'D');
            Take(bytes, keep);
            return new LoadAnswer(status, bytes, head);
        }

        return new LoadAnswer(status, TakeChunks(keep), head);
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>The value of a header in a head; empty when it is not there.</summary>
    internal static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        while (head.IndexOf("\r\n"u8) is >= 0 and var end)
        {
            var line = head[..end];
            if (line.Length > name.Length && line[name.Length] == ':' && Ascii.EqualsIgnoreCase(line[..name.Length], name))
            {
                return line[(name.Length + 1)..].Trim((byte)' ');
            }

            head = head[(end + 2)..];
        }

        return default;
    }

    private static int Number(ReadOnlySpan<byte> digits, char format)
        => Utf8Parser.TryParse(digits, out int number, out var used, format) && used > 0
            ? number
            : throw new InvalidDataException($"Not a number: {Encoding.ASCII.GetString(digits)}");

    private byte[] ReadHead()
    {
        var end = Find("\r\n\r\n"u8);
        var head = _buffer[_start..(_start + end + 4)];
        _start += head.Length;
        return head;
    }

    private long TakeChunks(Stream? keep)
    {
        long all = 0;
        while (true)
        {
            var lineEnd = Find("\r\n"u8);
            var bytes = Number(_buffer.AsSpan(_start, lineEnd), 'X');
            _start += lineEnd + 2;
            Take(bytes, keep);
            Find("\r\n"u8);
            _start += 2;
            all += bytes;
            if (bytes == 0)
            {
                return all;
            }
        }
    }

    private void Take(long bytes, Stream? keep)
    {
        while (bytes > 0)
        {
            if (_start == _end)
            {
                Fill();
            }

            var here = (int)Math.Min(bytes, _end - _start);
            keep?.Write(_buffer, _start, here);
            _start += here;
            bytes -= here;
        }
    }

    /// <summary>Reads until the mark is in the buffer; gives its place after the start.</summary>
    private int Find(ReadOnlySpan<byte> mark)
    {
        while (true)
        {
            if (_buffer.AsSpan(_start, _end - _start).IndexOf(mark) is >= 0 and var found)
            {
                return found;
            }

            Fill();
        }
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        var read = _end < _buffer.Length ? _socket.Receive(_buffer.AsSpan(_end)) : throw new InvalidDataException("A head or a line without end.");
        _end += read > 0 ? read : throw new EndOfStreamException(string.Create(CultureInfo.InvariantCulture, $"The server broke off with {_end} bytes unread."));
    }
}
