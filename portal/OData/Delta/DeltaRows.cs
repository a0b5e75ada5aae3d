using System.Text;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.OData.Delta;

/// <summary>The JSON of one page of changes: removed rows by their address, others whole, as 4.0 or as 4.01 writes them.</summary>
internal sealed class DeltaRows
{
    private readonly ODataFormat _format;
    private readonly Utf8Buffer _to;
    private readonly ODataRows _rows;
    private readonly ODataRows _ids;
    private readonly string _deletedContext;
    private bool _isFirst = true;

    /// <summary>Begins the page.</summary>
    /// <param name="query">The query, bound to the newer version.</param>
    /// <param name="dataset">The newer version.</param>
    /// <param name="isSelection">True when the query chooses columns.</param>
    /// <param name="format">What was agreed on.</param>
    /// <param name="root">Absolute address of the service.</param>
    /// <param name="to">Takes the text.</param>
    public DeltaRows(DatasetQuery query, ServedDataset dataset, bool isSelection, ODataFormat format, string root, Utf8Buffer to)
    {
        var setUrl = ODataAnswer.SetUrl(root, dataset);
        var keys = RowKey.KeyColumns(query.Contract);
        _format = format;
        _to = to;
        _rows = new ODataRows(query, format, setUrl, withIds: !keys.All(query.Columns.Contains));
        _ids = new ODataRows(query with { Columns = keys }, format, setUrl, withIds: true);
        _deletedContext = ODataAnswer.ContextMember(format, root, $"{dataset.Id}/$deletedEntity");
        to.Append((byte)'{');
        to.Append(Encoding.UTF8.GetBytes(ODataAnswer.Context(format, root, dataset, query, isSelection, "/$delta")));
        to.Append("\"value\":["u8);
    }

    /// <summary>The question for rows that are there.</summary>
    public DatasetQuery Present(DatasetQuery query) => query with { Columns = _rows.Columns };

    /// <summary>The question for rows that are not.</summary>
    public DatasetQuery Removed(DatasetQuery query) => query with { Columns = _ids.Columns, Computed = [] };

    /// <summary>Writes a row that was added, changed or newly found.</summary>
    public void WritePresent(ResultChunk chunk, int row)
    {
        Begin();
        _rows.Members(chunk, row, _to);
        _to.Append((byte)'}');
    }

    /// <summary>Writes a row that is no more, or is no longer found.</summary>
    public void WriteRemoved(ResultChunk chunk, int row, bool isDeleted)
    {
        var reason = isDeleted ? "deleted" : "changed";
        var id = ODataAnswer.InQuotes(_ids.Id(chunk, row));
        Begin();
        _to.Append(Encoding.UTF8.GetBytes(_format.Is401
            ? $"{(_format.Level == MetadataLevel.Full ? _deletedContext + "," : "")}\"@removed\":{{\"reason\":\"{reason}\"}},\"@id\":\"{id}\"}}"
            : $"{_deletedContext},\"id\":\"{id}\",\"reason\":\"{reason}\"}}"));
    }

    /// <summary>Ends the page with the address of the next one, or of the changes after this.</summary>
    public void End(string link, bool isLast)
        => _to.Append(Encoding.UTF8.GetBytes($"\n],\"{_format.Prefix}{(isLast ? "deltaLink" : "nextLink")}\":\"{ODataAnswer.InQuotes(link)}\"}}\n"));

    private void Begin()
    {
        _to.Append(_isFirst ? "\n{"u8 : ",\n{"u8);
        _isFirst = false;
    }
}
