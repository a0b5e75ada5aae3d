using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Query;

/// <summary>How many rows the engine expects a query to find, from its statistics alone: nothing is read.</summary>
public static class RowEstimate
{
    /// <summary>The estimate; null when the engine has none.</summary>
    /// <param name="connection">A connection on which the version is attached; its calls block.</param>
    /// <param name="query">The question; order, skip and top do not matter.</param>
    /// <param name="alias">The attachment that holds the version.</param>
    /// <param name="token">Stops the engine too.</param>
    /// <exception cref="Catalogs.Errors.OpenDataException">OD9002, OD9004, OD9005.</exception>
    public static long? Of(EngineConnection connection, DatasetQuery query, string alias, CancellationToken token)
    {
        using var reader = connection.Stream(new SqlBuilder().Append("EXPLAIN (FORMAT json) ").Query(QueryToSql.TranslateRids(query, alias)).ToSql(), token);
        long? rows = null;
        while (reader.Read(out var chunk))
        {
            // Kind and text of the plan; its outermost step gives the result.
            using var plan = JsonDocument.Parse(Encoding.UTF8.GetString(chunk[1].Utf8(0)));
            rows = plan.RootElement.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } step
                && step.TryGetProperty("extra_info", out var facts)
                && facts.TryGetProperty("Estimated Cardinality", out var estimate)
                && long.TryParse(estimate.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var found)
                ? found
                : rows;
        }

        return rows;
    }
}
