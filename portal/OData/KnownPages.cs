using Microsoft.AspNetCore.Http.Features;
using OpenData.Portal.Serving;

namespace OpenData.Portal.OData;

/// <summary>
/// Requests for pages that were answered before, as they came over the line: whoever asks the same of the same version is answered without
/// reading the address again. Benchmarks <c>serve-304</c>, <c>serve-cached</c>.
/// </summary>
internal sealed class KnownPages(ServedData served, AnswerCache answers)
{
    private const long BytesMax = 8L << 20;

    private readonly RecentlyUsed<KnownPage> _known = new(BytesMax, static page => sizeof(char) * page.BodyKey.Length);

    /// <summary>Answers when the request is known, its dataset still serves the same version, and the body is kept or not needed.</summary>
    public async ValueTask<bool> TryAnswerAsync(HttpContext context, string root)
    {
        if (!HttpMethods.IsGet(context.Request.Method)
            || !_known.TryFind(KeyOf(context, root), out var page)
            || !ReferenceEquals(served.Current.Find(page.Dataset.Id), page.Dataset))
        {
            return false;
        }

        if (page.Head.IsEnough(context))
        {
            return true;
        }

        if (answers.Find(page.BodyKey) is not { } answer)
        {
            return false;
        }

        await ODataAnswer.WriteAsync(context, answer);
        return true;
    }

    /// <summary>Takes note of a page of a version that is served now.</summary>
    /// <param name="context">The request.</param>
    /// <param name="root">Absolute address of the service.</param>
    /// <param name="page">Its answer.</param>
    public void Remember(HttpContext context, string root, KnownPage page) => _known.Keep(KeyOf(context, root), page);

    // All that a page depends on beside the data; a line feed stands in none of them.
    private static string KeyOf(HttpContext context, string root)
    {
        var headers = context.Request.Headers;
        return string.Concat(
            [
                context.Features.Get<IHttpRequestFeature>()?.RawTarget, "\n", root, "\n", headers.Accept, "\n", headers["OData-MaxVersion"], "\n",
                headers["OData-Version"], "\n", headers["Prefer"],
            ]);
    }
}
