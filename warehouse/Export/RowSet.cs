using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
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

    /// <summary>Starts the query and checks that its columns are those of the description, before the first byte is written.</summary>
    /// <exception cref="OpenDataException">OD1302: another number of columns, another type or another scale.</exception>
    public ChunkReader Open(CancellationToken token)
    {
        var reader = Connection.Stream(Sql, token);
        try
        {
            Require(reader.Columns);
            if (IsNumbered)
            {
                reader.RequireAscending(Table.Columns.Count);
            }

            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    private void Require(IReadOnlyList<ResultColumn> found)
    {
        if (found.Count != Table.Columns.Count + (IsNumbered ? 1 : 0))
        {
            throw Mismatch(
                $"Kết quả có {found.Count} cột, mô tả có {Table.Columns.Count} cột.",
                $"The result has {found.Count} columns, its description {Table.Columns.Count}.");
        }

        for (var i = 0; i < Table.Columns.Count; i++)
        {
            var column = Table.Columns[i];
            if (!Holds(found[i], column.Type))
            {
                throw Mismatch(
                    $"Cột \"{column.Name}\" trong kết quả không thuộc kiểu {column.Type}.",
                    $"Column \"{column.Name}\" of the result is not of type {column.Type}.");
            }
        }
    }

    // A wrong scale would move the point of every number without a sound, so it counts as another type.
    private static bool Holds(ResultColumn column, ColumnType type) => type.Kind switch
    {
        ColumnKind.Integer or ColumnKind.Duration => IsWhole(column.Kind),
        ColumnKind.Decimal => IsDecimal(column.Kind) ? column.Scale == type.Scale : IsWhole(column.Kind) && type.Scale == 0,
        ColumnKind.List => column.Item is { } item && Holds(item, type.ToScalar()),
        ColumnKind.Float => column.Kind is PhysicalKind.Double or PhysicalKind.Float,
        _ => column.Kind == DuckDbTypes.PhysicalOf(type),
    };

    private static bool IsWhole(PhysicalKind kind) => kind is >= PhysicalKind.Int8 and <= PhysicalKind.UInt128;

    private static bool IsDecimal(PhysicalKind kind) => kind is >= PhysicalKind.Decimal16 and <= PhysicalKind.Decimal128;

    private static OpenDataException Mismatch(string vi, string en) => new(ExportErrors.ColumnMismatch, new LocalText(vi, en));
}
