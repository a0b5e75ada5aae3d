using OpenData.Catalogs;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Publishing;

/// <summary>
/// Columns of a published table that are computed row by row in our own code while it is written: folded search text, and coordinates or boxes
/// of geometries. They are functions of the engine that writes.
/// </summary>
internal sealed class ComputedColumns
{
    private const string FoldedName = "opendata_folded";
    private const string BoundName = "opendata_bound";

    private readonly IReadOnlyList<string> _search;
    private readonly IReadOnlyList<ColumnContract> _geometries;
    private readonly List<ScalarFunction> _functions = [];

    /// <summary>Makes what the contract needs known to the engine.</summary>
    public ComputedColumns(DatasetContract contract, DuckDbEngine engine)
    {
        _search = [.. contract.PublicColumns.Where(c => c.Search).Select(c => c.Name)];
        _geometries = [.. contract.PublicColumns.Where(c => c.Type.Kind == ColumnKind.Geometry)];
        if (_search.Count > 0)
        {
            _functions.Add(ScalarFunction.Register(engine, FoldedName, [.. _search.Select(_ => PhysicalKind.Utf8)], PhysicalKind.Utf8, Folded));
        }

        if (_geometries.Count > 0)
        {
            _functions.Add(ScalarFunction.Register(engine, BoundName, [PhysicalKind.Blob, PhysicalKind.Int64], PhysicalKind.Double, Bound));
        }
    }

    // Longitude and latitude of points, else the bounding box.
    private static IReadOnlyList<string> CompanionsOf(ColumnContract column)
        => column.Type.Geometry == GeometryKind.Point
            ? [$"_{column.Name}_lon", $"_{column.Name}_lat"]
            : [$"_{column.Name}_xmin", $"_{column.Name}_ymin", $"_{column.Name}_xmax", $"_{column.Name}_ymax"];

    /// <summary>Appends <c>, expression AS name</c> for each companion of a geometry.</summary>
    public void AppendCompanions(SqlBuilder sql)
    {
        foreach (var column in _geometries)
        {
            var names = CompanionsOf(column);
            for (var part = 0; part < names.Count; part++)
            {
                sql.Append(", ").Name(BoundName).Append("(").Name(column.Name).Append(", ").Number(part).Append(") AS ").Name(names[part]);
            }
        }
    }

    /// <summary>Appends the search text <c>_s</c>; null where nothing is searched.</summary>
    public void AppendSearch(SqlBuilder sql)
    {
        if (_search.Count == 0)
        {
            sql.Append(", CAST(NULL AS VARCHAR) AS _s");
            return;
        }

        sql.Append(", ").Name(FoldedName).Append("(");
        for (var i = 0; i < _search.Count; i++)
        {
            sql.Append(i == 0 ? "" : ", ").Name(_search[i]);
        }

        sql.Append(") AS _s");
    }

    /// <summary>Call when the writing failed: throws what one of the functions threw.</summary>
    /// <exception cref="Catalogs.Errors.OpenDataException">OD2306: a geometry's bytes are none.</exception>
    public void ThrowFailure() => _functions.ForEach(f => f.ThrowFailure());

    private static void Folded(ResultChunk cells, ChunkColumn to)
    {
        var text = new byte[4096];
        for (var row = 0; row < cells.RowCount; row++)
        {
            var length = 0;
            for (var i = 0; i < cells.ColumnCount; i++)
            {
                var column = cells[i];
                if (column.IsNull(row))
                {
                    continue;
                }

                var value = column.Utf8(row);
                var needed = length + 1 + Folding.FoldedBytesMax(value.Length);
                if (text.Length < needed)
                {
                    Array.Resize(ref text, needed * 2);
                }

                // A line feed between columns: no match begins in one and ends in the next.
                if (length > 0)
                {
                    text[length++] = (byte)'\n';
                }

                length += Folding.Fold(value, text.AsSpan(length));
            }

            if (length == 0)
            {
                to.SetNull(row);
            }
            else
            {
                to.SetUtf8(row, text.AsSpan(0, length));
            }
        }
    }

    private static void Bound(ResultChunk cells, ChunkColumn to)
    {
        var shapes = cells[0];
        var parts = cells[1];
        for (var row = 0; row < cells.RowCount; row++)
        {
            if (shapes.IsNull(row) || WkbBounds.Of(shapes.Blob(row)) is not { } box)
            {
                to.SetNull(row);
                continue;
            }

            to.SetDouble(row, parts.Int64At(row) switch { 0 => box.XMin, 1 => box.YMin, 2 => box.XMax, _ => box.YMax });
        }
    }
}
