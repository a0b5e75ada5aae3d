using System.Text;
using OpenData.Catalogs;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;

namespace OpenData.Warehouse.Changes;

/// <summary>The JSON of one change, shared by both JSON forms.</summary>
internal sealed class ChangeRowJson
{
    private readonly byte[][] _names;
    private readonly int[] _keys;
    private readonly JsonRows _rows;
    private readonly JsonRows _pairs;

    public ChangeRowJson(ComparedTables tables, string timeZone)
    {
        _names = [.. tables.Columns.Select(c => Encoding.UTF8.GetBytes($"\"{c.Name}\":"))];
        _keys = [.. tables.Columns.Select((c, i) => (c, i)).Where(p => tables.Key.Contains(p.c)).Select(p => p.i)];

        // One column stands before those of a row: the kind of change.
        _rows = new JsonRows([new ColumnContract(ChangesToSql.ChangeColumn, new ColumnType(ColumnKind.Code), new LocalText("", "")), .. tables.Columns], timeZone);
        _pairs = new JsonRows([.. tables.Columns, .. tables.Columns], timeZone);
    }

    /// <summary>Writes a row that was added or removed: <c>{"a":1,"b":null}</c>.</summary>
    public void Row(ResultChunk chunk, int row, Utf8Buffer to) => Object(Enumerable.Range(0, _names.Length), _rows, chunk, row, offset: 1, to);

    /// <summary>Writes <c>"key":{…},"old":{…},"new":{…}</c> of a changed row; old and new have the columns that differ.</summary>
    public void Pair(ResultChunk chunk, int row, Utf8Buffer to)
    {
        var differing = new List<int>(_names.Length);
        for (var i = 0; i < _names.Length; i++)
        {
            if (chunk[(2 * _names.Length) + i].BoolAt(row))
            {
                differing.Add(i);
            }
        }

        to.Append("\"key\":"u8);
        Object(_keys, _pairs, chunk, row, _names.Length, to);
        to.Append(",\"old\":"u8);
        Object(differing, _pairs, chunk, row, 0, to);
        to.Append(",\"new\":"u8);
        Object(differing, _pairs, chunk, row, _names.Length, to);
    }

    private void Object(IEnumerable<int> columns, JsonRows values, ResultChunk chunk, int row, int offset, Utf8Buffer to)
    {
        to.Append((byte)'{');
        var first = true;
        foreach (var i in columns)
        {
            if (!first)
            {
                to.Append((byte)',');
            }

            first = false;
            to.Append(_names[i]);
            values.Value(chunk, row, offset + i, to);
        }

        to.Append((byte)'}');
    }
}
