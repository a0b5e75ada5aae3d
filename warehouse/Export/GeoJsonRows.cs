using System.Text;
using OpenData.Catalogs;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Export;

/// <summary>
/// Rows as the features of one GeoJSON collection (RFC 7946): the first geometry column is the geometry, all others are properties with the
/// values of <see cref="JsonRows"/>, and a key of one column is the feature's id.
/// </summary>
public sealed class GeoJsonRows : IRowWriter
{
    private readonly JsonRows _json;
    private readonly int _geometry;
    private readonly int _id;
    private readonly (int Index, byte[] Name)[] _properties;
    private bool _first = true;

    /// <summary>Makes a writer.</summary>
    /// <param name="table">What the rows are.</param>
    /// <exception cref="ArgumentException">No column is a geometry.</exception>
    public GeoJsonRows(TableDescription table)
    {
        var columns = table.Columns.ToList();
        _json = new JsonRows(columns, table.Contract.TimeZone);
        _geometry = columns.FindIndex(c => c.Type.Kind == ColumnKind.Geometry);
        if (_geometry < 0)
        {
            throw new ArgumentException($"{table.Contract.Id} has no geometry column among the chosen ones.", nameof(table));
        }

        // An id is a string or a number, nothing else.
        _id = table.Contract is { HasRowKey: false, Key: [var key] } ? columns.FindIndex(c => c.Name == key && c.Type.Kind != ColumnKind.Boolean) : -1;
        _properties =
        [
            .. Enumerable.Range(0, columns.Count).Where(i => i != _geometry)
                .Select((index, at) => (index, Encoding.UTF8.GetBytes($"{(at == 0 ? "" : ",")}\"{columns[index].Name}\":"))),
        ];
    }

    /// <inheritdoc/>
    public void Begin(Utf8Buffer to) => to.Append("{\"type\":\"FeatureCollection\",\"features\":["u8);

    /// <inheritdoc/>
    public void Rows(ResultChunk chunk, Utf8Buffer to)
    {
        for (var row = 0; row < chunk.RowCount; row++)
        {
            to.Append(_first ? "\n{\"type\":\"Feature\""u8 : ",\n{\"type\":\"Feature\""u8);
            _first = false;
            if (_id >= 0 && !chunk[_id].IsNull(row))
            {
                to.Append(",\"id\":"u8);
                _json.Value(chunk, row, _id, to);
            }

            to.Append(",\"geometry\":"u8);
            _json.Value(chunk, row, _geometry, to);
            to.Append(",\"properties\":{"u8);
            foreach (var (index, name) in _properties)
            {
                to.Append(name);
                _json.Value(chunk, row, index, to);
            }

            to.Append("}}"u8);
        }
    }

    /// <inheritdoc/>
    public void End(Utf8Buffer to) => to.Append("\n]}\n"u8);
}
