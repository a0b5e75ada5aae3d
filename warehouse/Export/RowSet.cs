using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Export;

/// <summary>Rows to be written: a query, the connection that answers it, and what its result is.</summary>
/// <param name="Connection">An idle connection; the caller keeps and disposes it.</param>
/// <param name="Sql">One column per <see cref="TableDescription.Columns"/>, in that order.</param>
/// <param name="Table">What the rows are.</param>
public sealed record RowSet(EngineConnection Connection, SqlText Sql, TableDescription Table)
{
    /// <summary>Starts the query.</summary>
    public ChunkReader Open(CancellationToken token) => Connection.Stream(Sql, token);
}
