using System.Buffers.Binary;
using System.Security.Cryptography;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.OData;

/// <summary>All rows that transformations made, as JSON in their final order: computed once, cut into pages.</summary>
internal sealed class MadeRows
{
    private readonly byte[] _json;
    private readonly int[] _ends;

    private MadeRows(byte[] json, int[] ends)
    {
        (_json, _ends) = (json, ends);
        Mark = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(json)) | 1;
    }

    /// <summary>Number of rows.</summary>
    public int Count => _ends.Length;

    /// <summary>Tells this result from another of the same query: sums of floats differ in their last digits from run to run. Never 0.</summary>
    public ulong Mark { get; }

    /// <summary>Bytes held.</summary>
    public long Bytes => _json.Length + ((long)_ends.Length * sizeof(int));

    /// <summary>Computes them; null when they are more than may be held.</summary>
    /// <param name="lease">A connection on which all versions are attached.</param>
    /// <param name="sql">The query, with the columns of the writer, then <c>_rid</c>.</param>
    /// <param name="writer">Writes one row.</param>
    /// <param name="bytesMax">Most bytes.</param>
    /// <param name="token">Stops the engine too.</param>
    public static MadeRows? Read(QueryLease lease, SqlText sql, ODataRows writer, int bytesMax, CancellationToken token)
    {
        using var json = new Utf8Buffer(64 * 1024);
        var ends = new List<int>();
        using var reader = lease.Connection.Stream(sql, token);
        while (reader.Read(out var chunk))
        {
            for (var row = 0; row < chunk.RowCount; row++)
            {
                json.Append((byte)'{');
                writer.Members(chunk, row, json);
                json.Append((byte)'}');
                ends.Add(json.Length);
            }

            if (json.Length > bytesMax)
            {
                return null;
            }
        }

        return new MadeRows(json.Written.ToArray(), [.. ends]);
    }

    /// <summary>One row.</summary>
    public ReadOnlySpan<byte> this[int row] => _json.AsSpan((row == 0 ? 0 : _ends[row - 1]).._ends[row]);
}
