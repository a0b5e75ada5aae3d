using OpenData.Portal.Serving;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Portal.OData.Delta;

/// <summary>Which queries can be tracked, and the addresses of their changes.</summary>
internal static class DeltaLinks
{
    /// <summary>Options that say which rows and columns are tracked: a delta link has them, and nothing else may stand beside its token.</summary>
    public static readonly string[] Defining = ["filter", "search", "compute", "select", "format"];

    // What chooses a part or an order of the rows is no part of what is tracked: the standard keeps $top, $skip and $count out of delta links,
    // and changes come in an order of their own. An earlier version is a state to start from.
    private static readonly string[] PassedOver = ["orderby", "top", "skip", "count", "skiptoken", "asof"];

    /// <summary>True when changes of the query's rows can be told: groups have no keys, and what depends on the clock changes by itself.</summary>
    public static bool CanTrack(ODataOptions options, QueryScope scope)
        => !scope.UsesNow && options.HasOnly([.. Defining, .. PassedOver]) && !scope.Computed.Any(c => c.Expression is BoundExpression.ListPart);

    /// <summary>True when an address has a delta token.</summary>
    public static bool IsOne(ODataRequest request) => request.Options.Any(o => o.Key.TrimStart('$').Equals("deltatoken", StringComparison.OrdinalIgnoreCase));

    /// <summary>What ties a token to its query.</summary>
    public static ulong HashOf(string dataset, ODataOptions options) => PageToken.HashOf("delta", dataset, options.ToQueryOf(Defining));

    /// <summary>Where changes since the version are found.</summary>
    public static string Since(string setUrl, ServedDataset dataset, ODataOptions options)
        => Link(setUrl, options, new DeltaToken(dataset.Version, To: null, Position: 0, HashOf(dataset.Id, options)));

    /// <summary>Where a token leads.</summary>
    public static string Link(string setUrl, ODataOptions options, DeltaToken token)
        => $"{Whole(setUrl, options)}{(options.ToQueryOf(Defining).Length == 0 ? "?" : "&")}$deltatoken={token}";

    /// <summary>The first page of the rows that are tracked.</summary>
    public static string Whole(string setUrl, ODataOptions options)
        => options.ToQueryOf(Defining) is { Length: > 0 } query ? $"{setUrl}?{query}" : setUrl;
}
