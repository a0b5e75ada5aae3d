using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Portal.OData;

/// <summary>
/// Paths over relations: the address of a row and a relation becomes the address that says the same of the dataset to which the relation
/// leads, a row by its key or a set by a filter. So everything that works there works behind a relation.
/// </summary>
internal sealed class Navigation(QueryLanes lanes, VersionChoice versions, QueryLimits limits, TimeProvider clock)
{
    private const string MomentName = "moment";

    /// <summary>True when a relation stands behind the key.</summary>
    public static bool LeadsOn(ODataPath path, ServedCatalog state, ServedDataset dataset)
        => dataset.Contract.Relations.Any(r => r.Name.Equals(path.Tail[0], StringComparison.OrdinalIgnoreCase) && state.Find(r.To) is not null);

    /// <summary>The address that means the same; null when the relation leads to no row.</summary>
    /// <exception cref="OpenDataException"><c>OD1217</c> when no row has the key, <c>OD1216</c> for a path that goes on behind nothing, <c>OD1209</c> for one over <see cref="QueryLimits.PathRelationsMax"/>.</exception>
    public async Task<(ODataPath Path, ODataRequest Request, ServedDataset Target)?> FollowAsync(
        ODataPath path, ODataRequest request, ServedCatalog state, ServedDataset current, string setUrl, CancellationToken token)
    {
        if (request.Relations == limits.PathRelationsMax)
        {
            throw new OpenDataException(
                QueryErrors.TooComplex,
                new LocalText(
                    $"Đường dẫn vượt giới hạn {nameof(QueryLimits.PathRelationsMax)} = {limits.PathRelationsMax}.",
                    $"The path is over {nameof(QueryLimits.PathRelationsMax)} = {limits.PathRelationsMax}."));
        }

        var asOf = request.Options.FirstOrDefault(o => IsAsOf(o.Key)).Value;
        var dataset = versions.Of(current, asOf, token: null, setUrl);
        var related = versions.Related(state, dataset, asOf, token: null, setUrl);
        var relation = related.Tables.Find(dataset.Contract, path.Tail[0]) ?? throw ODataPath.Unknown(path.Tail[0]);
        var aliases = ODataOptions.Read(request.Options.Where(o => o.Key.StartsWith('@'))).Aliases;
        var scope = new QueryScope(dataset.Contract, limits, clock.GetUtcNow(), aliases);
        var row = new DatasetQuery(dataset.Contract, [])
        {
            Predicate = path.Key(scope),
            ByKey = true,
            Top = 1,
            Related = [relation.Target],
            Limits = limits,
        };
        dataset = related.Joined(dataset, row);
        using var lease = await lanes.Quick.EnterAsync(dataset, token);
        var key = relation.IsMany ? null : KeyOf(lease, dataset, row, relation, token);
        if (key is null && !relation.IsMany)
        {
            return path.Tail.Count == 1 ? null : throw ODataPath.Unknown(path.Tail[1]);
        }

        // Aliases that only the key had are none of the target's query.
        var others = ODataOptions.Mentioned(request.Options.Where(o => !o.Key.StartsWith('@')).Select(o => o.Value), aliases);
        var spent = aliases.Keys.Where(a => scope.Uses(a) && !others.Contains(a)).ToList();
        var target = relation.Target.Contract.Id;
        var next = new ODataPath(target, key, [], [.. path.Tail.Skip(1)]);
        var led = request with
        {
            Relations = request.Relations + 1,
            Segments = [key is null ? target : $"{target}({key})", .. next.Tail],
            PathFilters = key is null ? [Filter(lease, dataset, row, relation, token)] : [],
            Options = [.. request.Options.Where(o => !spent.Contains(o.Key)).Select(o => IsAsOf(o.Key) ? KeyValuePair.Create(o.Key, VersionChoice.MomentOf(dataset, o.Value)) : o)],
        };
        return (next, led, state.Find(target)!); // The relation was found in it.
    }

    private static bool IsAsOf(string option) => option.Equals("asof", StringComparison.OrdinalIgnoreCase);

    /// <summary>The key of the one row to which the relation leads.</summary>
    private static string? KeyOf(QueryLease lease, ServedDataset dataset, DatasetQuery row, Relation relation, CancellationToken token)
    {
        var rid = lease.Connection.ReadInt64(QueryToSql.TranslateOrder(row, dataset.Alias, 1), token) ?? throw ODataRows.NoSuchRow();
        var keys = RowKey.KeyColumns(relation.Target.Contract);
        var query = new DatasetQuery(relation.Target.Contract, keys);
        using var reader = lease.Connection.Stream(ExpansionToSql.Translate(new Expansion(relation, query), dataset.Alias, [rid], 1), token);
        if (!reader.Read(out var chunk))
        {
            return null;
        }

        var json = new JsonRows(keys, relation.Target.Contract.TimeZone, exactAsText: false);
        return KeyLiteral.Joined([.. keys.Select((k, i) => (k.Name, KeyLiteral.Of(keys, json, chunk, 0, i)))]);
    }

    /// <summary>The filter that exactly the related rows have; one that none has where the row leads nowhere.</summary>
    private static string Filter(QueryLease lease, ServedDataset dataset, DatasetQuery row, Relation relation, CancellationToken token)
    {
        var own = relation.Pairs.Select(p => p.Own).ToList();
        var computed = new List<ComputedColumn>();
        if (relation is { Validity: { } validity } && relation.Moment(of: null) is { } moment)
        {
            var column = validity with { Name = MomentName };
            computed.Add(new ComputedColumn(column, moment));
            own.Add(column);
        }

        var query = row with { Columns = own, Computed = computed };
        using var reader = lease.Connection.Stream(QueryToSql.Translate(query, dataset.Alias), token);
        if (!reader.Read(out var chunk))
        {
            throw ODataRows.NoSuchRow();
        }

        if (own.Select((_, i) => i).Any(i => chunk[i].IsNull(0)))
        {
            return "false";
        }

        var json = new JsonRows(own, dataset.Contract.TimeZone, exactAsText: false);
        var values = own.Select((_, i) => KeyLiteral.Of(own, json, chunk, 0, i)).ToList();
        var equal = relation.Pairs.Select((p, i) => $"{p.Its.Name} eq {values[i]}");
        return string.Join(" and ", computed.Count == 0 ? equal : equal.Append(
            $"{Relation.ValidFrom} le {values[^1]} and ({Relation.ValidTo} eq null or {Relation.ValidTo} gt {values[^1]})"));
    }
}
