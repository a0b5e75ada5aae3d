using OpenData.Warehouse.Export.Arrow;

namespace OpenData.Warehouse.Export;

/// <summary>One writer per format.</summary>
public sealed class DistributionWriters
{
    /// <summary>Raise it when a writer gives other bytes for equal rows: files of caches and tags of answers are named by it.</summary>
    public const string Version = "1";

    private readonly Dictionary<DistributionFormat, IDistributionWriter> _byFormat;

    /// <summary>Makes the writers.</summary>
    /// <param name="spillFolder">
    /// Folder for Parquet on its way out; every engine whose rows are written must be allowed to write there. Files are deleted after use;
    /// what a killed process leaves is its owner's to delete.
    /// </param>
    /// <param name="spillBytesMax">Greatest size of one such file; a larger one is OD1310.</param>
    public DistributionWriters(string spillFolder, long spillBytesMax)
    {
        IDistributionWriter[] writers =
        [
            new RowDistribution(DistributionFormat.Csv, t => new CsvRows(t.Columns, t.Contract.TimeZone)),
            new RowDistribution(DistributionFormat.CsvExcel, t => new CsvRows(t.Columns, t.Contract.TimeZone, CsvDialect.Excel)),
            new RowDistribution(DistributionFormat.Tsv, t => new CsvRows(t.Columns, t.Contract.TimeZone, CsvDialect.Tab)),
            new RowDistribution(DistributionFormat.Json, t => new JsonRows(t.Columns, t.Contract.TimeZone)),
            new RowDistribution(DistributionFormat.Ndjson, t => new NdjsonRows(t.Columns, t.Contract.TimeZone)),
            new RowDistribution(DistributionFormat.GeoJson, t => new GeoJsonRows(t)),
            new XlsxDistribution(),
            new ParquetDistribution(spillFolder, spillBytesMax),
            ArrowDistribution.File,
            ArrowDistribution.Stream,
        ];
        _byFormat = writers.ToDictionary(w => w.Format);
    }

    /// <summary>The formats that can be written.</summary>
    public IReadOnlyCollection<DistributionFormat> Formats => _byFormat.Keys;

    /// <summary>The writer of a format.</summary>
    public IDistributionWriter Of(DistributionFormat format) => _byFormat[format];
}
