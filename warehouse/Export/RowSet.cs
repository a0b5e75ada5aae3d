using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Export;

/// <summary>Rows to be written: a query, the connection that answers it, and what its result is.</summary>
/// <param name="Connection">An idle connection; the caller keeps and disposes it.</param>
/// <param name="Sql">One column per <see cref="TableDescription.Columns"/>, in that order; perhaps <c>_rid</c> behind them.</param>
/// <param name="Table">What the rows are.</param>
public sealed record RowSet(EngineConnection Connection, SqlText Sql, TableDescription Table)
{
    /// <summary>True when <c>_rid</c> is the last column and the rows must come in its order: read unsorted, and checked.</summary>
    public bool IsNumbered { get; init; }

    /// <summary>Starts the query.</summary>
    public ChunkReader Open(CancellationToken token)
    {
        var reader = Connection.Stream(Sql, token);
        if (IsNumbered)
        {
            reader.RequireAscending(Table.Columns.Count);
        }

        return reader;
    }
}
