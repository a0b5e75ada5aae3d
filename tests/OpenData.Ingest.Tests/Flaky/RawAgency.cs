using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace OpenData.Ingest.Tests.Flaky;

/// <summary>A server of bare sockets on 127.0.0.1, because no web server can be made to answer as badly as some do.</summary>
internal sealed class RawAgency : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentDictionary<string, int> _requests = new(StringComparer.Ordinal);
    private readonly Func<RawExchange, Task> _answer;
    private readonly Task _accepting;

    public RawAgency(Func<RawExchange, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = Accept();
    }

    public int Port { get; }

    public string Address => $"http://127.0.0.1:{Port}";

    /// <summary>Requests to a path since <see cref="Forget"/>.</summary>
    public int Requests(string path) => _requests.GetValueOrDefault(path);

    public void Forget() => _requests.Clear();

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Stop();
        await _accepting;
        _ended.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                _ = Serve(await _listener.AcceptSocketAsync(_ended.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private async Task Serve(Socket socket)
    {
        using (socket)
        {
            try
            {
                var head = new byte[16 * 1024];
                var length = 0;
                while (head.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
                {
                    var read = await socket.ReceiveAsync(head.AsMemory(length), length == 0 ? SocketFlags.Peek : SocketFlags.None, _ended.Token);
                    if (read == 0)
                    {
                        return;
                    }

                    if (length == 0 && head[0] == 0x16)
                    {
                        await Greet(socket);
                        return;
                    }

                    length = length == 0 ? await socket.ReceiveAsync(head, _ended.Token) : length + read;
                }

                var target = Encoding.ASCII.GetString(head, 0, length).Split(' ')[1];
                var number = _requests.AddOrUpdate(target.Split('?')[0], 1, (_, n) => n + 1);
                await _answer(new RawExchange(socket, Address, target, number, _ended.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or ObjectDisposedException or AuthenticationException)
            {
                // The caller went away, or the test has ended.
            }
        }
    }

    // A certificate that nobody we trust has signed.
    private static async Task Greet(Socket socket)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        await using var stream = new SslStream(new NetworkStream(socket));
        await stream.AuthenticateAsServerAsync(made);
    }
}
