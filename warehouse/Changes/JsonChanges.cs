using System.Globalization;
using System.Text;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;

namespace OpenData.Warehouse.Changes;

/// <summary>
/// Changes as one object: what is compared, counts, then <c>added</c>, <c>changed</c> and <c>removed</c>, one row a line.
/// </summary>
internal sealed class JsonChanges(ComparedVersion older, ComparedVersion newer, ComparedTables tables) : IChangeWriter
{
    private readonly ChangeRowJson _json = new(tables, newer.Contract.TimeZone);
    private bool _first;

    public bool WantsPairs => true;

    public void Begin(ChangeCounts counts, Utf8Buffer to)
    {
        Text(to, $"{{\"dataset\":\"{newer.Contract.Id}\",\n\"from\":");
        Side(older, to);
        to.Append(",\n\"to\":"u8);
        Side(newer, to);
        Text(to, $",\n\"key\":{Names(newer.Contract.Key)},\"columns\":{Names(tables.Columns.Select(c => c.Name))},");
        Text(to, $"\"columns_left_out\":{{\"added\":{Names(tables.ColumnsAdded.Select(c => c.Name))},\"removed\":{Names(tables.ColumnsRemoved.Select(c => c.Name))}}},");
        Text(to, string.Create(
            CultureInfo.InvariantCulture,
            $"\n\"counts\":{{\"added\":{counts.Added},\"changed\":{counts.Changed},\"removed\":{counts.Removed}}}"));
    }

    public void BeginKind(ChangeKind kind, Utf8Buffer to)
    {
        Text(to, $",\n\"{kind.ToString().ToLowerInvariant()}\":[");
        _first = true;
    }

    public void Rows(ChangeKind kind, ResultChunk chunk, Utf8Buffer to)
    {
        for (var row = 0; row < chunk.RowCount; row++)
        {
            to.Append(_first ? "\n"u8 : ",\n"u8);
            _first = false;
            if (kind == ChangeKind.Changed)
            {
                to.Append((byte)'{');
                _json.Pair(chunk, row, to);
                to.Append((byte)'}');
            }
            else
            {
                _json.Row(chunk, row, to);
            }
        }
    }

    public void EndKind(ChangeKind kind, Utf8Buffer to) => to.Append("]"u8);

    public void End(Utf8Buffer to) => to.Append("}\n"u8);

    // Names of the contract are letters, digits and underscores.
    private static string Names(IEnumerable<string> names) => "[" + string.Join(',', names.Select(n => $"\"{n}\"")) + "]";

    private static void Side(ComparedVersion side, Utf8Buffer to)
        => Text(to, string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"version\":\"{side.Version}\",\"published_at\":\"{side.PublishedAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}\",\"rows\":{side.Rows}}}"));

    private static void Text(Utf8Buffer to, string text) => to.Append(Encoding.UTF8.GetBytes(text));
}
