using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Errors;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Publishing;

namespace OpenData.Portal.Downloads;

/// <summary>The form in which somebody wants a whole table: a format, and whether the file itself is to be a gzip.</summary>
/// <param name="Format">The format.</param>
/// <param name="IsPacked">True for <c>.csv.gz</c>: the gzip is the file, not a coding of the transfer.</param>
internal sealed record DownloadForm(DistributionFormat Format, bool IsPacked = false)
{
    private const string PackedEnding = ".gz";

    /// <summary>The form by its ending and options.</summary>
    /// <param name="contract">Says what is offered.</param>
    /// <param name="ending">As in the address, without its first dot: <c>csv</c>, <c>csv.gz</c>, <c>xlsx</c> …</param>
    /// <param name="excel">Value of <c>excel</c>; null when absent.</param>
    /// <exception cref="OpenDataException">OD9033: not offered; OD9027: <c>excel</c> is for plain CSV.</exception>
    public static DownloadForm Of(DatasetContract contract, string ending, string? excel)
    {
        var packed = ending.EndsWith(PackedEnding, StringComparison.Ordinal);
        var extension = packed ? ending[..^PackedEnding.Length] : ending;
        if (excel is not null && (packed || extension != DistributionFormat.Csv.Extension || excel is not ("0" or "1")))
        {
            throw new OpenDataException(
                PortalErrors.InvalidParameter,
                new LocalText("excel nhận 0 hoặc 1, và chỉ với .csv.", "excel takes 0 or 1, and only with .csv."),
                suggestion: "excel=1");
        }

        var offered = Offered(contract);
        var form = offered.FirstOrDefault(f => f.Ending == ending && (f.Format == DistributionFormat.CsvExcel) == (excel == "1"));
        return form ?? throw new OpenDataException(
            PortalErrors.FormatNotOffered,
            new LocalText("Bộ dữ liệu không có ở định dạng này.", "The dataset does not come in this format."),
            suggestion: string.Join(", ", offered.Select(f => f.Address)));
    }

    /// <summary>Every form that the contract offers, in the order of lists on pages.</summary>
    public static IReadOnlyList<DownloadForm> Offered(DatasetContract contract)
    {
        var hasGeometry = contract.PublicColumns.Any(c => c.Type.Kind == ColumnKind.Geometry);
        var forms = new List<DownloadForm>();
        foreach (var format in DistributionFormat.All.Where(f => contract.Distributions.Contains(f.Word, StringComparer.Ordinal)))
        {
            if (format.NeedsGeometry && !hasGeometry)
            {
                continue;
            }

            forms.Add(new DownloadForm(format));
            if (format == DistributionFormat.Csv)
            {
                forms.Add(new DownloadForm(format, IsPacked: true));
            }
        }

        return forms;
    }

    /// <summary>Name in lists: the format's word, or <c>csv_gz</c>.</summary>
    public string Word => IsPacked ? Format.Word + "_gz" : Format.Word;

    /// <summary>As readers know it.</summary>
    public string Name => IsPacked ? Format.Name + " (gzip)" : Format.Name;

    /// <summary>Ending of the file, without its first dot.</summary>
    public string Ending => IsPacked ? Format.Extension + PackedEnding : Format.Extension;

    /// <summary>Ending of the address, with the option where one is needed.</summary>
    public string Address => Format == DistributionFormat.CsvExcel ? Ending + "?excel=1" : Ending;

    /// <summary>Length and hash where they are known before anybody asks: of what lies ready. Null for forms made on request.</summary>
    public SnapshotFile? Known(SnapshotManifest manifest) => Format switch
    {
        _ when IsPacked => manifest.File(SnapshotFiles.CsvGzip),
        _ when Format == DistributionFormat.Csv => manifest.PlainCsv,
        _ when Format == DistributionFormat.Parquet => manifest.File(SnapshotFiles.Parquet),
        _ => null,
    };

    /// <summary>Value of Content-Type.</summary>
    public string MediaType => IsPacked ? "application/gzip" : Format.MediaType;
}
