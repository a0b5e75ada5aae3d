using Microsoft.AspNetCore.Http.HttpResults;

namespace OpenData.Portal.Serving;

/// <summary><c>/healthz/live</c> and <c>/healthz/ready</c>.</summary>
internal static class HealthEndpoints
{
    /// <summary>Maps both under the group.</summary>
    public static void MapHealth(this RouteGroupBuilder group)
    {
        group.MapMethods("/live", ["GET", "HEAD"], Live).ExcludeFromDescription();
        group.MapMethods("/ready", ["GET", "HEAD"], Ready).ExcludeFromDescription();
    }

    private static Ok<HealthAnswer> Live() => TypedResults.Ok(new HealthAnswer("live", null, null));

    /// <summary>200 once published data is served; ingest may be down or may never have run.</summary>
    private static Results<Ok<HealthAnswer>, JsonHttpResult<HealthAnswer>> Ready(ServedData served)
    {
        if (!served.IsReady)
        {
            return TypedResults.Json(new HealthAnswer("starting", null, null), statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        var now = served.Current;
        return TypedResults.Ok(new HealthAnswer("ready", now.Datasets.Count, now.Awaited.Count));
    }
}
