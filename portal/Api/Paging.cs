using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Errors;

namespace OpenData.Portal.Api;

/// <summary><c>limit</c> and <c>offset</c> of a list, read and checked.</summary>
/// <param name="Limit">Entries asked for, 1 to 200.</param>
/// <param name="Offset">Entries passed over, 0 to 1,000,000.</param>
internal sealed record Paging(int Limit, int Offset)
{
    private const int LimitMax = 200;
    private const int OffsetMax = 1_000_000;

    /// <summary>Reads both from the query; 50 and 0 when absent.</summary>
    /// <exception cref="OpenDataException">OD9027: a value is outside its range, or another parameter is unknown here.</exception>
    public static Paging Of(HttpRequest request, params ReadOnlySpan<string> otherParameters)
    {
        RefuseOthers(request, [.. otherParameters, "limit", "offset"]);
        return new Paging(Number(request, "limit", 50, 1, LimitMax), Number(request, "offset", 0, 0, OffsetMax));
    }

    /// <summary>Obey or fail: a parameter that the address does not know is refused.</summary>
    /// <exception cref="OpenDataException">OD9027.</exception>
    public static void RefuseOthers(HttpRequest request, params ReadOnlySpan<string> known)
    {
        foreach (var name in request.Query.Keys)
        {
            if (!known.Contains(name))
            {
                throw Invalid(
                    new LocalText("Có tham số không dùng được ở địa chỉ này.", "A parameter is unknown at this address."),
                    string.Join(", ", known.ToArray()));
            }
        }
    }

    /// <summary>Cuts the part out of the list.</summary>
    public Page<TOut> Cut<TIn, TOut>(IReadOnlyList<TIn> all, Func<TIn, TOut> select, HttpRequest request, string root) => new()
    {
        Items = [.. all.Skip(Offset).Take(Limit).Select(select)],
        Total = all.Count,
        Limit = Limit,
        Offset = Offset,
        Next = Offset + Limit < all.Count ? NextAddress(request, root) : null,
    };

    /// <summary>OD9027 with the parameter's own words.</summary>
    public static OpenDataException Invalid(LocalText detail, string suggestion)
        => new(PortalErrors.InvalidParameter, detail, suggestion: suggestion);

    private string NextAddress(HttpRequest request, string root)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in request.Query)
        {
            if (name is not ("limit" or "offset"))
            {
                query.Add(name, value.ToString());
            }
        }

        query.Add("limit", Limit.ToString(CultureInfo.InvariantCulture));
        query.Add("offset", (Offset + Limit).ToString(CultureInfo.InvariantCulture));
        return root + request.Path.ToUriComponent() + query.ToQueryString().ToUriComponent();
    }

    private static int Number(HttpRequest request, string name, int otherwise, int min, int max)
    {
        if (!request.Query.TryGetValue(name, out var text))
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw Invalid(
                new LocalText(
                    string.Create(CultureInfo.InvariantCulture, $"{name} phải là số nguyên từ {min} đến {max}."),
                    string.Create(CultureInfo.InvariantCulture, $"{name} must be a whole number from {min} to {max}.")),
                string.Create(CultureInfo.InvariantCulture, $"{name}={otherwise}"));
    }
}
