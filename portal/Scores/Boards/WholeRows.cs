using System.IO.Compression;
using System.Text;
using OpenData.Portal.Pages;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Publishing;

namespace OpenData.Portal.Scores.Boards;

/// <summary>All rows of a version, read from its own CSV: pages never enter a query lane, so they stay up when the lanes are full, and say what the download says.</summary>
internal sealed class WholeRows(FileProofs proofs)
{
    // 92 communes and 100 components take 5 MB a round.
    private const int CharactersMax = 256 * 1024 * 1024;

    /// <summary>The records with their head.</summary>
    /// <exception cref="OpenData.Catalogs.Errors.OpenDataException">OD9035: the stored file is not what was published.</exception>
    public IReadOnlyList<string?[]> Records(Snapshot snapshot, int charactersMax = CharactersMax)
    {
        proofs.Require(snapshot, SnapshotFiles.CsvGzip);
        using var file = File.OpenRead(snapshot.Path(SnapshotFiles.CsvGzip));
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress), Encoding.UTF8);
        var buffer = new char[64 * 1024];
        var csv = new StringBuilder();
        while (text.ReadBlock(buffer) is > 0 and var length)
        {
            csv.Append(buffer, 0, length);
            if (csv.Length > charactersMax)
            {
                throw new InvalidOperationException($"{snapshot.Manifest.Dataset} has grown beyond what a page can hold.");
            }
        }

        return CsvPreview.Records(csv.ToString(), whole: true, rowsMax: int.MaxValue);
    }

    /// <summary>The rows of a dataset; none when it is not served.</summary>
    public IReadOnlyList<TableRow> Of(ServedDataset? dataset) => dataset is null ? [] : TableRow.Of(Records(dataset.Snapshot));
}
