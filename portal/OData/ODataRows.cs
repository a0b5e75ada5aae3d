using System.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.OData;

/// <summary>Rows of one page, or one row, as OData JSON straight from vectors. The result's columns are <see cref="Columns"/>, then <c>_rid</c> for pages.</summary>
internal sealed class ODataRows : IRowWriter
{
    private readonly ODataFormat _format;
    private readonly string _setUrl;
    private readonly string _typeName;
    private readonly int _shown;
    private readonly int[] _keys;
    private readonly byte[][] _names;
    private readonly JsonRows _json;
    private readonly byte[][]? _marks;
    private bool _first = true;

    /// <summary>Makes a writer.</summary>
    /// <param name="query">What is asked for.</param>
    /// <param name="format">What was agreed on.</param>
    /// <param name="setUrl">Absolute address of the entity set.</param>
    /// <param name="withIds">True when every row is named by its key, as full metadata does by itself.</param>
    public ODataRows(DatasetQuery query, ODataFormat format, string setUrl, bool withIds = false)
    {
        var (contract, shown) = (query.Contract, query.Columns);
        _format = format;
        _setUrl = setUrl;
        _typeName = $"#{EdmModelFactory.Namespace}.{contract.Id}";
        _shown = shown.Count;

        // What was made of many rows has no key.
        var keys = query.Apply.Count > 0 ? [] : RowKey.KeyColumns(contract);

        // Full metadata names every row by its key, chosen or not.
        withIds |= format.Level == MetadataLevel.Full;
        Columns = withIds ? [.. shown, .. keys.Where(k => !shown.Contains(k))] : shown;
        _keys = withIds ? [.. keys.Select(k => Columns.ToList().IndexOf(k))] : [];
        _names = [.. shown.Select(c => Encoding.UTF8.GetBytes("," + (CountColumn.ListOf(c) is { } list
            ? $"\"{list}{format.Prefix}count\":"
            : TypeNote(c, contract.Column(c.Name) is null && c != RowKey.Column) + $"\"{c.Name}\":")))];
        _json = new JsonRows(Columns, contract.TimeZone, format.ExactAsText);
        _marks = query.IncludeAbsent ? [.. shown.Select(c => Encoding.UTF8.GetBytes($",{c.Name},"))] : null;
    }

    /// <summary>Columns to query.</summary>
    public IReadOnlyList<ColumnContract> Columns { get; }

    /// <summary>Context and count as text between the opening brace and <c>"value"</c>, each with its comma.</summary>
    public string Head { get; init; } = "";

    /// <summary>True for a page of a set; false for one entity, which must exist.</summary>
    public bool IsPage { get; init; }

    /// <summary>Rows to write at most; one more in the result means that there is a next page.</summary>
    public long RowsMax { get; init; } = long.MaxValue;

    /// <summary>The address of the page after a row, by its <c>_rid</c>; null when there is none.</summary>
    public Func<long, string?>? NextLink { get; init; }

    /// <summary>Related rows, written behind the columns of each row; null when none are wanted. The result then has <c>_rid</c> for single rows too.</summary>
    public ExpandedRows? Expanded { get; set; }

    /// <summary>Where later changes of the rows are found, for the last page; null when nobody asked.</summary>
    public string? DeltaLink { get; init; }

    /// <summary>Rows written so far.</summary>
    public long RowsWritten { get; private set; }

    private bool HasMore { get; set; }

    private long LastRid { get; set; }

    /// <inheritdoc/>
    public void Begin(Utf8Buffer to)
    {
        to.Append((byte)'{');
        to.Append(Encoding.UTF8.GetBytes(IsPage ? Head : Head.TrimEnd(',')));
        if (IsPage)
        {
            to.Append("\"value\":["u8);
        }
    }

    /// <inheritdoc/>
    public void Rows(ResultChunk chunk, Utf8Buffer to)
    {
        for (var row = 0; row < chunk.RowCount; row++)
        {
            if (RowsWritten == RowsMax)
            {
                HasMore = true;
                return;
            }

            if (IsPage)
            {
                to.Append(_first ? "\n{"u8 : ",\n{"u8);
                LastRid = chunk[Columns.Count].Int64At(row);
            }

            _first = false;
            var comma = Members(chunk, row, to, comma: !IsPage && Head.Length > 0);
            Expanded?.Append(chunk[Columns.Count].Int64At(row), comma, to);
            if (IsPage)
            {
                to.Append((byte)'}');
            }

            RowsWritten++;
        }
    }

    /// <summary>Rows that are made already, from one of them on.</summary>
    public void Made(MadeRows made, long start, Utf8Buffer to)
    {
        for (var row = start; row < made.Count && RowsWritten < RowsMax; row++)
        {
            to.Append(_first ? "\n"u8 : ",\n"u8);
            _first = false;
            to.Append(made[(int)row]);
            RowsWritten++;
        }

        HasMore = start + RowsWritten < made.Count;
    }

    /// <inheritdoc/>
    public void End(Utf8Buffer to)
    {
        if (!IsPage)
        {
            if (RowsWritten == 0)
            {
                throw NoSuchRow();
            }

            to.Append("}\n"u8);
            return;
        }

        to.Append("\n]"u8);
        if ((HasMore ? NextLink?.Invoke(LastRid) : DeltaLink) is { } link)
        {
            to.Append(Encoding.UTF8.GetBytes($",\"{_format.Prefix}{(HasMore ? "nextLink" : "deltaLink")}\":"));
            JsonRows.Text(Encoding.UTF8.GetBytes(link), to);
        }

        to.Append("}\n"u8);
    }

    /// <summary>404: no row of the version has the key.</summary>
    public static OpenDataException NoSuchRow() => new(
        QueryErrors.NoSuchRow,
        new LocalText("Không có bản ghi nào mang khóa này.", "No row has this key."));

    /// <summary>The address of a row, of a writer that was made with ids.</summary>
    public string Id(ResultChunk chunk, int row) => _setUrl + "(" + Key(chunk, row) + ")";

    /// <summary>The columns of one row and what the metadata level says of it, without braces.</summary>
    /// <param name="chunk">Rows.</param>
    /// <param name="row">Which.</param>
    /// <param name="to">Where they are appended.</param>
    /// <param name="comma">True when other members stand before.</param>
    /// <returns>True when members stand before whatever follows.</returns>
    public bool Members(ResultChunk chunk, int row, Utf8Buffer to, bool comma = false)
    {
        if (_keys.Length > 0)
        {
            var type = _format.Level == MetadataLevel.Full ? $"\"{_format.Prefix}type\":\"{_typeName}\"," : "";
            to.Append(Encoding.UTF8.GetBytes($"{(comma ? "," : "")}{type}\"{_format.Prefix}id\":"));
            JsonRows.Text(Encoding.UTF8.GetBytes(Id(chunk, row)), to);
            comma = true;
        }

        var absent = _marks is null ? [] : chunk[Columns.Count + 1].Utf8(row);
        for (var i = 0; i < _shown; i++)
        {
            // A collection is never left out, even where it is unknown.
            if ((absent.Length > 0 && absent.IndexOf(_marks![i]) >= 0) || (_format.OmitsNulls && chunk[i].IsNull(row) && Columns[i].Type.Kind != ColumnKind.List))
            {
                continue;
            }

            // Its name brings the comma, but for the first.
            to.Append(comma ? _names[i] : _names[i].AsSpan(1));
            _json.Value(chunk, row, i, to);
            comma = true;
        }

        return comma;
    }

    private string Key(ResultChunk chunk, int row)
        => KeyLiteral.Joined([.. _keys.Select(i => (Columns[i].Name, Escaped(KeyLiteral.Of(Columns, _json, chunk, row, i))))]);

    // Quotes may stand in an address as they are.
    private static string Escaped(string literal) => Uri.EscapeDataString(literal).Replace("%27", "'", StringComparison.Ordinal);

    private string TypeNote(ColumnContract column, bool isComputed)
    {
        // $metadata tells the types of the dataset's own columns only.
        if (_format.Level != MetadataLevel.Full && !(isComputed && _format.Level == MetadataLevel.Minimal))
        {
            return "";
        }

        var scalar = EdmModelFactory.Type(column.ToScalar(), isNullable: true).Definition.ToString()!.Replace("Edm.", "", StringComparison.Ordinal);
        var type = column.Type.Kind == ColumnKind.List ? $"Collection({scalar})" : scalar;

        // JSON itself tells strings, booleans and doubles apart.
        return column.Type.Kind is ColumnKind.Text or ColumnKind.Code or ColumnKind.Json or ColumnKind.Boolean or ColumnKind.Float
            ? ""
            : $"\"{column.Name}{_format.Prefix}type\":\"{(_format.Is401 ? "" : "#")}{type}\",";
    }
}
