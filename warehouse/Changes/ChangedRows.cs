using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Changes;

/// <summary>
/// What became of the rows of a query between two versions, as row numbers. Who applies them in this order to the older rows has the newer
/// ones: removals come first, since a row that is matched by its content may go and come back under one key.
/// </summary>
/// <param name="Deleted">Rows of the older version that the newer one has no more.</param>
/// <param name="Left">Rows of the older version that both have, but which the query no longer finds.</param>
/// <param name="Present">Rows of the newer version that were added, changed or newly found.</param>
public sealed record ChangedRows(IReadOnlyList<int> Deleted, IReadOnlyList<int> Left, IReadOnlyList<int> Present)
{
    /// <summary>Nothing changed.</summary>
    public static readonly ChangedRows None = new([], [], []);

    /// <summary>How many changes there are.</summary>
    public long Count => (long)Deleted.Count + Left.Count + Present.Count;

    /// <summary>True when one query means the same in both contracts and gives rows of the same form and key.</summary>
    public static bool Comparable(DatasetContract older, DatasetContract newer)
        => Structure.SameColumns(older, newer)
            && Structure.SameKey(older, newer)
            && older.TimeZone == newer.TimeZone
            && newer.PublicColumns.All(c => older.Column(c.Name) is { } before && before.Search == c.Search && before.TimeZone == c.TimeZone);

    /// <summary>Finds them. The connection has temporary tables afterwards and is not to be used again.</summary>
    /// <param name="connection">A connection on which both versions are attached; its calls block.</param>
    /// <param name="older">The version before.</param>
    /// <param name="before">The query, bound to that version; only its predicate counts.</param>
    /// <param name="newer">The version after.</param>
    /// <param name="after">The same query, bound to that one.</param>
    /// <param name="rowsMax">Changes that are counted at most.</param>
    /// <param name="token">Stops the engine too.</param>
    /// <returns>The rows; null when there are more than <paramref name="rowsMax"/>.</returns>
    /// <exception cref="OpenDataException">OD1401, OD1402, OD9002, OD9004, OD9005.</exception>
    public static ChangedRows? Find(
        EngineConnection connection, ComparedVersion older, DatasetQuery before, ComparedVersion newer, DatasetQuery after, long rowsMax, CancellationToken token)
    {
        var sql = new ChangesToSql(ComparedTables.Of(older.Contract, newer.Contract), older.Alias, newer.Alias);
        VersionComparison.FindPairs(connection, sql, older, newer, VersionComparison.PartRows, token);
        var present = new List<int>();
        foreach (var (_, row) in Read(connection, ChangesToSql.PairsOfNewer(Rids(after, newer.Alias)), token))
        {
            present.Add(row ?? 0); // It is there: it was asked for.
            if (present.Count > rowsMax)
            {
                return null;
            }
        }

        var (deleted, left) = (new List<int>(), new List<int>());
        foreach (var (old, row) in Read(connection, ChangesToSql.PairsOfOlder(Rids(before, older.Alias)), token))
        {
            if (row is null)
            {
                deleted.Add(old ?? 0); // As above.
            }
            else if (present.BinarySearch(row.Value) < 0)
            {
                left.Add(old ?? 0); // As above.
            }

            if ((long)present.Count + deleted.Count + left.Count > rowsMax)
            {
                return null;
            }
        }

        return new ChangedRows([.. deleted], [.. left], [.. present]);
    }

    private static SqlText? Rids(DatasetQuery query, string alias) => query.Predicate is null ? null : QueryToSql.TranslateRids(query, alias);

    private static IEnumerable<(int? Older, int? Newer)> Read(EngineConnection connection, SqlText sql, CancellationToken token)
    {
        using var reader = connection.Stream(sql, token);
        while (reader.Read(out var chunk))
        {
            for (var row = 0; row < chunk.RowCount; row++)
            {
                yield return (At(chunk[0], row), At(chunk[1], row));
            }
        }

        static int? At(ColumnVector column, int row) => column.IsNull(row) ? null : (int)column.Int64At(row);
    }
}
