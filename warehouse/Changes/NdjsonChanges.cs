using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;

namespace OpenData.Warehouse.Changes;

/// <summary>Changes as one object a line: <c>{"change":"added","row":{…}}</c>, <c>{"change":"changed","key":{…},"old":{…},"new":{…}}</c>.</summary>
internal sealed class NdjsonChanges(ComparedVersion newer, ComparedTables tables) : IChangeWriter
{
    private readonly ChangeRowJson _json = new(tables, newer.Contract.TimeZone);

    public bool WantsPairs => true;

    public void Begin(ChangeCounts counts, Utf8Buffer to)
    {
        // Each line stands for itself.
    }

    public void BeginKind(ChangeKind kind, Utf8Buffer to)
    {
        // Each line stands for itself.
    }

    public void Rows(ChangeKind kind, ResultChunk chunk, Utf8Buffer to)
    {
        for (var row = 0; row < chunk.RowCount; row++)
        {
            if (kind == ChangeKind.Changed)
            {
                to.Append("{\"change\":\"changed\","u8);
                _json.Pair(chunk, row, to);
            }
            else
            {
                to.Append(kind == ChangeKind.Added ? "{\"change\":\"added\",\"row\":"u8 : "{\"change\":\"removed\",\"row\":"u8);
                _json.Row(chunk, row, to);
            }

            to.Append("}\n"u8);
        }
    }

    public void EndKind(ChangeKind kind, Utf8Buffer to)
    {
        // Each line stands for itself.
    }

    public void End(Utf8Buffer to)
    {
        // The last line ended.
    }
}
