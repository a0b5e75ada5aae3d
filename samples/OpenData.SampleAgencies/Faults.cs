using System.Text;

namespace OpenData.SampleAgencies;

/// <summary>Failures that tests ask for, and the middleware that plays them on the systems' own paths.</summary>
internal sealed class Faults
{
    /// <summary>Number added to the declared total by the fault <c>count</c>.</summary>
    public const int CountLie = 7;

    private const string CountKey = "count lie";

    private const string LoginPage = "<!DOCTYPE html><html><head><title>Login</title></head><body><form><input name=user></form></body></html>";

    private readonly List<Fault> _planned = [];

    /// <summary>The kinds: error answer, unavailable with Retry-After, connection cut, half a body, login page, late answer, wrong total.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["500", "503", "reset", "truncated", "login", "slow", "count"];

    /// <summary>What the fault <c>count</c> adds to the declared total of this answer.</summary>
    public static int Lie(HttpContext context) => context.Items.ContainsKey(CountKey) ? CountLie : 0;

    /// <summary>Plans a fault for that many of the next answers.</summary>
    public void Plan(Fault fault, int times)
    {
        lock (_planned)
        {
            _planned.AddRange(Enumerable.Repeat(fault, times));
        }
    }

    /// <summary>Forgets what was planned.</summary>
    public void Clear()
    {
        lock (_planned)
        {
            _planned.Clear();
        }
    }

    /// <summary>The middleware.</summary>
    public async Task PlayAsync(HttpContext context, RequestDelegate next)
    {
        switch (Take(context.Request.Path))
        {
            case null:
                await next(context);
                break;
            case { Kind: "500" }:
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                await context.Response.WriteAsync("planned failure", context.RequestAborted);
                break;
            case { Kind: "503" }:
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                context.Response.Headers.RetryAfter = "1";
                break;
            case { Kind: "reset" }:
                context.Abort();
                break;
            case { Kind: "truncated" }:
                await TruncateAsync(context, next);
                break;
            case { Kind: "login" }:
                context.Response.ContentType = "text/html; charset=utf-8";
                await context.Response.WriteAsync(LoginPage, Encoding.UTF8, context.RequestAborted);
                break;
            case { Kind: "slow" } fault:
                await Task.Delay(TimeSpan.FromSeconds(fault.Seconds), context.RequestAborted);
                await next(context);
                break;
            default:
                context.Items[CountKey] = true;
                await next(context);
                break;
        }
    }

    // The whole length is promised, half of it is sent, and the connection is cut.
    private static async Task TruncateAsync(HttpContext context, RequestDelegate next)
    {
        var body = context.Response.Body;
        using var whole = new MemoryStream();
        context.Response.Body = whole;
        await next(context);
        context.Response.Body = body;
        context.Response.ContentLength = whole.Length;
        await body.WriteAsync(whole.GetBuffer().AsMemory(0, (int)whole.Length / 2), context.RequestAborted);
        await body.FlushAsync(context.RequestAborted);
        context.Abort();
    }

    private Fault? Take(PathString path)
    {
        var text = path.Value ?? "";
        if (text is "/" or "/healthz" || text.StartsWith("/control/", StringComparison.Ordinal))
        {
            return null;
        }

        lock (_planned)
        {
            var at = _planned.FindIndex(f => text.StartsWith(f.Path, StringComparison.Ordinal));
            if (at < 0)
            {
                return null;
            }

            var fault = _planned[at];
            _planned.RemoveAt(at);
            return fault;
        }
    }
}
