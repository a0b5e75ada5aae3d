using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace OpenData.Ingest.Tests.Flaky;

/// <summary>One request, and a socket on which anything at all may be answered.</summary>
/// <param name="socket">The connection.</param>
/// <param name="address">Address of the agency, without a final slash.</param>
/// <param name="target">Path and query asked for.</param>
/// <param name="number">Number of the request to this path since the misbehaviour began, from 1.</param>
/// <param name="ended">Ends endless answers when the test does.</param>
internal sealed class RawExchange(Socket socket, string address, string target, int number, CancellationToken ended)
{
    public string Address => address;

    public int Number => number;

    public CancellationToken Ended => ended;

    public string Path => target.Split('?')[0];

    /// <summary>The page asked for, from 1.</summary>
    public int Page => int.TryParse(target.Split("p=").Last(), NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? page : 1;

    /// <summary>Sends bytes as they are.</summary>
    public async Task Send(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, ended)..];
        }
    }

    public Task Send(string text) => Send(Encoding.UTF8.GetBytes(text));

    /// <summary>A well-formed answer; header lines end in a line break each.</summary>
    public async Task Answer(string body, string headers = "Content-Type: text/csv\r\n", string status = "200 OK")
        => await Answer(Encoding.UTF8.GetBytes(body), headers, status);

    public async Task Answer(byte[] body, string headers = "Content-Type: text/csv\r\n", string status = "200 OK")
    {
        await Send($"HTTP/1.1 {status}\r\n{headers}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n");
        await Send(body);
    }

    /// <summary>A head that promises more than comes.</summary>
    public Task Head(string headers) => Send($"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n{headers}Connection: close\r\n\r\n");

    /// <summary>Breaks the connection without a farewell.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    /// <summary>Ends our side only.</summary>
    public void HalfClose() => socket.Shutdown(SocketShutdown.Send);

    public Task Wait(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), ended);
}
