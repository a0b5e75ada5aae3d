using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OpenData.Catalogs.Errors;

namespace OpenData.Ingest.Sources;

/// <summary>Asks agencies' systems by HTTP: guarded connections, redirects followed by hand, statuses turned into named failures.</summary>
public sealed class SourceHttp : IDisposable
{
    private readonly SourceLimits _limits;
    private readonly AddressGuard _guard;
    private readonly HttpClient _client;

    /// <summary>Makes the client; one per process.</summary>
    public SourceHttp(SourceLimits limits, AddressGuard guard)
    {
        _limits = limits;
        _guard = guard;
        _client = new HttpClient(Handler()) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("OpenData-Ingest/0.1");
        // Compressed bodies have no length that we could check.
        _client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("identity");
    }

    /// <summary>Where we may connect to; the same for every kind of source.</summary>
    internal AddressGuard Guard => _guard;

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _client.Dispose();

    /// <summary>Sends a GET and returns a successful answer whose body is not read yet.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="credential">Header and value for this host only; null without one.</param>
    /// <param name="takes">Answers that are wanted whatever their status; null means successful ones only.</param>
    /// <param name="token">Cancels.</param>
    internal async Task<HttpResponseMessage> GetAsync(
        Uri address, (string Header, string Value)? credential, Func<HttpResponseMessage, bool>? takes, CancellationToken token)
    {
        var current = address;
        for (var redirects = 0; ; redirects++)
        {
            // A token is for the host of the contract only.
            using var request = Request(HttpMethod.Get, current, SameOrigin(current, address) ? credential : null);
            var response = await SendAsync(request, token);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
            {
                return takes?.Invoke(response) == true ? response : Successful(response);
            }

            using (response)
            {
                current = Target(current, response.Headers.Location, redirects, _limits.RedirectsMax);
            }
        }
    }

    /// <summary>Posts a form and returns the answer, whose body is not read yet. Redirects are not followed: a form holds secrets.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="credential">Header and value; null without one.</param>
    /// <param name="form">Fields of the form.</param>
    /// <param name="takes">Answers that are wanted whatever their status.</param>
    /// <param name="token">Cancels.</param>
    internal async Task<HttpResponseMessage> PostAsync(
        Uri address, (string Header, string Value)? credential, IReadOnlyDictionary<string, string> form, Func<HttpResponseMessage, bool> takes, CancellationToken token)
    {
        using var request = Request(HttpMethod.Post, address, credential);
        request.Content = new FormUrlEncodedContent(form);
        var response = await SendAsync(request, token);
        return takes(response) ? response : Successful(response);
    }

    internal static bool SameOrigin(Uri one, Uri other)
        => Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    private SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        // A proxy would resolve names out of our sight.
        UseProxy = false,
        ConnectTimeout = _limits.Connect,
        MaxResponseHeadersLength = 64,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectCallback = ConnectAsync,
    };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken token)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var allowed = await _guard.ResolveAsync(host, port, token);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, Uri address, (string Header, string Value)? credential)
    {
        var request = new HttpRequestMessage(method, address);
        if (credential is var (header, value))
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        return request;
    }

    /// <summary>Sends a request as it is, to an allowed address; redirects are not followed.</summary>
    internal async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(_limits.Answer);
        try
        {
            return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        }
        catch (OperationCanceledException e) when (!token.IsCancellationRequested)
        {
            throw SourceFailure.TooSlow(e.InnerException is TimeoutException ? _limits.Connect : _limits.Answer, e);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw SourceFailure.Of(
                SourceErrors.TooLarge, "Phần đầu trả lời của nguồn lớn hơn giới hạn 64 KiB.", "The head of the source's answer is larger than the limit of 64 KiB.", e);
        }
        catch (HttpRequestException e)
        {
            // A refusal of ours comes back inside the client's own exception.
            throw Refusal(e) ?? (Exception)SourceFailure.Transient(
                SourceErrors.Unreachable,
                $"Không kết nối được tới nguồn ({e.HttpRequestError}).",
                $"The source could not be reached ({e.HttpRequestError}).",
                e);
        }
    }

    private static OpenDataException? Refusal(Exception? e) => e switch
    {
        null => null,
        OpenDataException named => named,
        _ => Refusal(e.InnerException),
    };

    /// <summary>Pure: the address that a redirect leads to.</summary>
    internal static Uri Target(Uri current, Uri? location, int redirects, int redirectsMax)
    {
        if (redirects >= redirectsMax)
        {
            throw SourceFailure.Of(
                SourceErrors.Redirects,
                $"Nguồn chuyển hướng quá {redirectsMax} lần.",
                $"The source redirects more than {redirectsMax} times.");
        }

        var target = location is null ? null : new Uri(current, location);
        var downgrade = target is not null && current.Scheme == Uri.UriSchemeHttps && target.Scheme != Uri.UriSchemeHttps;
        return target is not null && target.Scheme is "http" or "https" && !downgrade
            ? target
            : throw SourceFailure.Of(
                SourceErrors.Redirects,
                "Nguồn chuyển hướng tới địa chỉ không được phép.",
                "The source redirects to an address that is not followed.");
    }

    private static HttpResponseMessage Successful(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        if (status == 200)
        {
            return response;
        }

        using (response)
        {
            var number = status.ToString(CultureInfo.InvariantCulture);
            throw status switch
            {
                401 or 403 => SourceFailure.Of(
                    SourceErrors.NotAllowed, $"Nguồn từ chối quyền truy cập ({number}).", $"The source refused our credentials ({number})."),
                408 or 425 or 429 or >= 500 => SourceFailure.Transient(
                    SourceErrors.Status, $"Nguồn trả về mã {number}.", $"The source answered {number}.", retryAfter: RetryAfter(response)),
                _ => SourceFailure.Of(SourceErrors.Status, $"Nguồn trả về mã {number}.", $"The source answered {number}."),
            };
        }
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when response.Headers.Date is { } now => date > now ? date - now : TimeSpan.Zero,
        _ => null,
    };
}
