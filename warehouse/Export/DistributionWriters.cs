namespace OpenData.Warehouse.Export;

/// <summary>One writer per format.</summary>
public sealed class DistributionWriters
{
    private readonly Dictionary<DistributionFormat, IDistributionWriter> _byFormat;

    /// <summary>Makes the writers.</summary>
    public DistributionWriters()
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
        ];
        _byFormat = writers.ToDictionary(w => w.Format);
    }

    /// <summary>The formats that can be written.</summary>
    public IReadOnlyCollection<DistributionFormat> Formats => _byFormat.Keys;

    /// <summary>The writer of a format.</summary>
    public IDistributionWriter Of(DistributionFormat format) => _byFormat[format];
}
