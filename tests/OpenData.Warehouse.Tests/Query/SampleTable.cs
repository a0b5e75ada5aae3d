using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Tests.Engine;

namespace OpenData.Warehouse.Tests.Query;

/// <summary>The table of <see cref="SampleContract"/> on a real engine, in its own memory.</summary>
internal sealed class SampleTable : IDisposable
{
    private readonly DuckDbEngine _engine = DuckDbEngine.InMemory(EngineFixture.Options);

    public SampleTable(IReadOnlyList<TreeRow> rows)
    {
        _engine.Run(
            "CREATE TABLE data (id BIGINT, name VARCHAR, note VARCHAR, code VARCHAR, quarter BIGINT, fee DECIMAL(14,2), height DOUBLE, "
            + "alive BOOLEAN, planted_on DATE, seen_at TIMESTAMP, opens TIME, age BIGINT, uid UUID, location BLOB, "
            + "_location_lon DOUBLE, _location_lat DOUBLE, _rid BIGINT, tags VARCHAR[])");
        using var connection = _engine.Connect();
        for (var i = 0; i < rows.Count; i++)
        {
            var r = rows[i];
            connection.Execute(EngineFixture.Sql(
                "INSERT INTO data VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,CASE WHEN $18 = '' THEN [] ELSE string_split($18, '|') END)",
                r.Id,
                r.Name,
                r.Note,
                r.Code,
                r.Quarter,
                r.Fee,
                r.Height,
                r.Alive,
                r.PlantedOn,
                r.SeenAt,
                r.Opens,
                r.Age,
                r.Uid,
                r.Longitude is null ? null : new byte[] { 1 },
                r.Longitude,
                r.Latitude,
                (long)i,
                r.Tags is null ? null : string.Join('|', r.Tags)));
        }
    }

    /// <summary>Ids of the rows of a filter, in physical order.</summary>
    public IReadOnlyList<long> Ids(string filter)
    {
        var scope = QuerySqlTests.Scope();
        return Ids(new DatasetQuery(scope.Contract, [scope.Columns[0]]) { Predicate = scope.Filter(filter) });
    }

    /// <summary>Ids of the rows of a query, in its order.</summary>
    public IReadOnlyList<long> Ids(DatasetQuery query)
    {
        try
        {
            return Ids(QueryToSql.Translate(query, "memory"));
        }
        catch (OpenDataException failure) when (failure.InnerException is not null)
        {
            throw QueryFailure.Explain(failure, query);
        }
    }

    /// <summary>All values of a query.</summary>
    public IReadOnlyList<object?[]> Rows(DatasetQuery query)
    {
        using var connection = _engine.Connect();
        return [.. connection.Rows(QueryToSql.Translate(query, "memory"))];
    }

    public IReadOnlyList<long> Ids(SqlText sql)
    {
        using var connection = _engine.Connect();
        return [.. connection.Rows(sql).Select(r => (long)r[0]!)];
    }

    public void Dispose() => _engine.Dispose();
}
