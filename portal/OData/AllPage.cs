using System.Text;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.OData;

/// <summary>A page of rows of several sets: each says to which set it belongs and what its type is.</summary>
/// <param name="to">Takes the text.</param>
/// <param name="format">What was agreed on.</param>
/// <param name="root">Absolute address of the service.</param>
/// <param name="rowsMax">Rows of the page.</param>
internal sealed class AllPage(Utf8Buffer to, ODataFormat format, string root, long rowsMax)
{
    // Where rows are long, the page ends sooner than the caller wishes.
    private const int BytesMax = 4 * 1024 * 1024;

    /// <summary>Rows written so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Adds the rows of a set; the number of the first one that has no place any more, null when all have.</summary>
    public async Task<long?> AddAsync(QueryLanes lanes, ServedDataset set, DatasetQuery query, CancellationToken abort)
    {
        var writer = new ODataRows(query, format, ODataAnswer.SetUrl(root, set));
        var wanted = query with { Columns = writer.Columns, Top = rowsMax - Rows + 1 };
        var sql = QueryToSql.Translate(wanted.Unsorted(), set.Alias);
        var named = Encoding.UTF8.GetBytes(format.Level == MetadataLevel.None
            ? ""
            : ODataAnswer.ContextMember(format, root, set.Id + "/$entity")
                + (format.Level == MetadataLevel.Minimal ? $",\"{format.Prefix}type\":\"#{EdmModelFactory.Namespace}.{set.Id}\"" : ""));
        var isQuick = query.IsWholeTable && rowsMax <= Question.QuickRowsMax;
        var (text, rows, behind) = await lanes.AskAsync(new Question(set, isQuick, sql.Text), (lease, limit) => Task.FromResult(Read(lease, limit)), abort);
        to.Append(text);
        Rows += rows;
        return behind;

        // May be asked twice, so it leaves nothing behind.
        (byte[] Text, long Rows, long? Behind) Read(QueryLease lease, CancellationToken limit)
        {
            using var buffer = new Utf8Buffer(64 * 1024);
            long read = 0;
            using var reader = lease.Connection.Stream(sql, limit);
            reader.RequireAscending(writer.Columns.Count);
            while (reader.Read(out var chunk))
            {
                for (var row = 0; row < chunk.RowCount; row++)
                {
                    if (Rows + read == rowsMax || to.Length + buffer.Length > BytesMax)
                    {
                        return (buffer.Written.ToArray(), read, chunk[writer.Columns.Count].Int64At(row));
                    }

                    buffer.Append(Rows + read == 0 ? "\n{"u8 : ",\n{"u8);
                    buffer.Append(named);
                    writer.Members(chunk, row, buffer, comma: named.Length > 0);
                    buffer.Append((byte)'}');
                    read++;
                }
            }

            return (buffer.Written.ToArray(), read, null);
        }
    }
}
