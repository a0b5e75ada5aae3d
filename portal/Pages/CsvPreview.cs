using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Publishing;

namespace OpenData.Portal.Pages;

/// <summary>
/// The first rows of a version, read once from its own CSV: pages never enter a query lane, so they stay up when the lanes are full.
/// </summary>
internal sealed class CsvPreview(FileProofs proofs)
{
    private const int RowsMax = 10;

    // A row of a million-character texts is a bad preview; reading stops here and shows what it has.
    private const int CharactersMax = 256 * 1024;

    private readonly ConditionalWeakTable<Snapshot, IReadOnlyList<string?[]>> _read = [];

    /// <summary>At most ten rows in contract order; null stands for no value. Cells are in canonical form.</summary>
    public IReadOnlyList<string?[]> Of(ServedDataset dataset) => _read.GetValue(dataset.Snapshot, Read);

    private IReadOnlyList<string?[]> Read(Snapshot snapshot)
    {
        try
        {
            proofs.Require(snapshot, SnapshotFiles.CsvGzip);
            using var file = File.OpenRead(snapshot.Path(SnapshotFiles.CsvGzip));
            using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress), Encoding.UTF8);
            var buffer = new char[CharactersMax];
            var length = text.ReadBlock(buffer);
            return [.. Records(buffer.AsSpan(0, length), whole: text.EndOfStream).Skip(1)];
        }
        catch (Exception damaged) when (damaged is IOException or InvalidDataException or OpenDataException)
        {
            // A page without its preview still tells the rest; the download itself says what is wrong.
            return [];
        }
    }

    /// <summary>Records of our canonical CSV: LF ends, quotes only where needed, an empty cell without quotes is null.</summary>
    internal static IReadOnlyList<string?[]> Records(ReadOnlySpan<char> csv, bool whole, int rowsMax = RowsMax)
    {
        var records = new List<string?[]>();
        var cells = new List<string?>();
        var at = 0;
        while (at < csv.Length && records.Count <= rowsMax)
        {
            var cell = csv[at] == '"' ? Quoted(csv, ref at) : Bare(csv, ref at);
            if (at >= csv.Length && !whole)
            {
                break;
            }

            cells.Add(cell);
            if (at >= csv.Length || csv[at] == '\n')
            {
                records.Add([.. cells]);
                cells.Clear();
            }

            at++;
        }

        return records;
    }

    private static string? Bare(ReadOnlySpan<char> csv, ref int at)
    {
        var rest = csv[at..];
        var length = rest.IndexOfAny(',', '\n') is var end && end < 0 ? rest.Length : end;
        at += length;
        return length == 0 ? null : rest[..length].ToString();
    }

    private static string Quoted(ReadOnlySpan<char> csv, ref int at)
    {
        var text = new StringBuilder();
        for (at++; at < csv.Length; at++)
        {
            if (csv[at] == '"')
            {
                at++;
                if (at >= csv.Length || csv[at] != '"')
                {
                    break;
                }
            }

            text.Append(csv[at]);
        }

        return text.ToString();
    }
}
