using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Validation;

namespace OpenData.Warehouse.Publishing;

/// <summary>
/// Columns that are computed row by row in our own code: folded search text and coordinates or boxes of geometries. One pass over
/// <c>ordered</c> fills <c>side</c> in the same order. Both lie in the database <see cref="LoadSql.Building"/>.
/// </summary>
internal sealed class SideTable(DatasetContract contract)
{
    private readonly IReadOnlyList<string> _search = [.. contract.PublicColumns.Where(c => c.Search).Select(c => c.Name)];
    private readonly IReadOnlyList<ColumnContract> _geometries = [.. contract.PublicColumns.Where(c => c.Type.Kind == ColumnKind.Geometry)];
    private byte[] _text = new byte[4096];

    /// <summary>Names of the geometry columns' companions, in order.</summary>
    public IReadOnlyList<string> Columns => [.. _geometries.SelectMany(CompanionsOf)];

    /// <summary>Companions of one geometry column: longitude and latitude of points, else the bounding box.</summary>
    public static IReadOnlyList<string> CompanionsOf(ColumnContract column)
        => column.Type.Geometry == GeometryKind.Point
            ? [$"_{column.Name}_lon", $"_{column.Name}_lat"]
            : [$"_{column.Name}_xmin", $"_{column.Name}_ymin", $"_{column.Name}_xmax", $"_{column.Name}_ymax"];

    /// <summary>Makes <c>side</c> from <c>ordered</c>.</summary>
    public void Fill(DuckDbEngine engine, EngineConnection connection, CancellationToken token)
    {
        if (_search.Count == 0 && _geometries.Count == 0)
        {
            connection.Execute(Sql("CREATE TABLE building.main.side AS SELECT rowid AS _rid, CAST(NULL AS VARCHAR) AS _s FROM building.main.ordered"), token);
            return;
        }

        var create = new SqlBuilder().Append("CREATE TABLE building.main.side (_rid BIGINT, _s VARCHAR");
        foreach (var column in Columns)
        {
            create.Append(", ").Name(column).Append(" DOUBLE");
        }

        connection.Execute(create.Append(")").ToSql(), token);
        using var reading = engine.Connect();
        using var reader = reading.Stream(Source(), token);
        using var appender = new ChunkAppender(connection, "side", attachment: LoadSql.Building);
        long row = 0;
        while (reader.Read(out var chunk))
        {
            for (var i = 0; i < chunk.RowCount; i++, row++)
            {
                if (chunk[0].Int64At(i) != row)
                {
                    throw OutOfOrder();
                }

                appender.Column(0).SetInt64(appender.Row, row);
                Folded(chunk, i, appender);
                Geometries(chunk, i, appender);
                appender.NextRow();
            }
        }

        appender.Complete();
    }

    /// <summary>True when both tables lie in the same order, so that they may be put together by position.</summary>
    public static bool LiesInOrder(EngineConnection connection, CancellationToken token)
        => connection.Count(Sql("SELECT count(*) FROM building.main.ordered AS o POSITIONAL JOIN building.main.side AS s WHERE o.rowid IS DISTINCT FROM s._rid"), token) == 0;

    public static OpenDataException OutOfOrder() => new(PublishingErrors.ReadBackDiffers, new LocalText(
        "Thứ tự dòng bị lệch khi ghi phiên bản.", "Rows came out of order while the version was written."));

    private SqlText Source()
    {
        var sql = new SqlBuilder().Append("SELECT rowid");
        foreach (var column in _search.Concat(_geometries.Select(g => g.Name)))
        {
            sql.Append(", ").Name(column);
        }

        return sql.Append(" FROM building.main.ordered").ToSql();
    }

    private void Folded(ResultChunk chunk, int row, ChunkAppender appender)
    {
        var length = 0;
        for (var i = 0; i < _search.Count; i++)
        {
            var column = chunk[1 + i];
            if (column.IsNull(row))
            {
                continue;
            }

            var value = column.Utf8(row);
            var needed = length + 1 + Folding.FoldedBytesMax(value.Length);
            if (_text.Length < needed)
            {
                Array.Resize(ref _text, needed * 2);
            }

            // A line feed between columns: no match begins in one and ends in the next.
            if (length > 0)
            {
                _text[length++] = (byte)'\n';
            }

            length += Folding.Fold(value, _text.AsSpan(length));
        }

        if (length == 0)
        {
            appender.Column(1).SetNull(appender.Row);
        }
        else
        {
            appender.Column(1).SetUtf8(appender.Row, _text.AsSpan(0, length));
        }
    }

    private void Geometries(ResultChunk chunk, int row, ChunkAppender appender)
    {
        var target = 2;
        for (var i = 0; i < _geometries.Count; i++)
        {
            var column = chunk[1 + _search.Count + i];
            var isPoint = _geometries[i].Type.Geometry == GeometryKind.Point;
            var width = isPoint ? 2 : 4;
            var box = column.IsNull(row) ? null : WkbBounds.Of(column.Blob(row));
            for (var part = 0; part < width; part++)
            {
                if (box is { } known)
                {
                    appender.Column(target + part).SetDouble(appender.Row, part switch { 0 => known.XMin, 1 => known.YMin, 2 => known.XMax, _ => known.YMax });
                }
                else
                {
                    appender.Column(target + part).SetNull(appender.Row);
                }
            }

            target += width;
        }
    }

    private static SqlText Sql(string fixedSql) => new SqlBuilder().Append(fixedSql).ToSql();
}
