using System.Globalization;
using System.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.Downloads;

/// <summary>Rows of one version in any format, out of the bulk lane: memory does not grow with the rows.</summary>
internal sealed class TableExport(QueryLanes lanes, DistributionWriters writers, PortalOptions options)
{
    /// <summary>What a file of these rows says of itself.</summary>
    /// <param name="dataset">The version.</param>
    /// <param name="columns">The columns of the result.</param>
    /// <param name="catalog">Publishers and licences.</param>
    public TableDescription Describe(ServedDataset dataset, IReadOnlyList<ColumnContract> columns, Catalog catalog)
        => new(dataset.Contract, columns)
        {
            Version = dataset.Version,
            PublishedAt = dataset.Manifest.PublishedAt,
            Publisher = catalog.Publisher(dataset.Contract.Publisher),
            License = catalog.License(dataset.Contract.License),

            // Only the configured address: a file is kept for others, and a request's own Host may be anything.
            Address = options.PublicUrl is { } root ? new Uri($"{root.AbsoluteUri.TrimEnd('/')}/datasets/{dataset.Id}") : null,
            Ranges = dataset.Manifest.Profiles.ToDictionary(p => p.Column, p => new ColumnRange(p.Min, p.Max), StringComparer.Ordinal),
        };

    /// <summary>
    /// A mark of the titles and terms that a format writes beside the rows; nothing for formats that hold rows alone. Texts may change while
    /// the version stays.
    /// </summary>
    public static IReadOnlyList<string> TextMark(DistributionFormat format, TableDescription table)
    {
        if (!format.CarriesTexts)
        {
            return [];
        }

        var texts = new List<string?>
        {
            table.Contract.Title.ToString(), table.Contract.Summary.ToString(), table.Publisher?.ToString(), table.License?.ToString(), table.Address?.ToString(),
            table.Contract.Synthetic ? "synthetic" : null,
        };
        texts.AddRange(table.Columns.Select(c => string.Join('|', c.Name, c.Title, c.Description, c.Unit)));
        return [PageToken.HashOf([.. texts]).ToString("x16", CultureInfo.InvariantCulture)];
    }

    /// <summary>Writes all rows of the query. A failure leaves the target unfinished; the caller breaks it off.</summary>
    /// <param name="dataset">The version.</param>
    /// <param name="query">Which rows.</param>
    /// <param name="format">The format.</param>
    /// <param name="table">What the rows are.</param>
    /// <param name="target">Written forwards only.</param>
    /// <param name="token">Stops the engine too.</param>
    public async Task WriteAsync(
        ServedDataset dataset, DatasetQuery query, DistributionFormat format, TableDescription table, Stream target, CancellationToken token)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(token);
        limited.CancelAfter(options.ExportTimeout);
        using var lease = await lanes.Bulk.EnterAsync(dataset, limited.Token);
        await WriteAsync(lease, query, format, table, target, limited.Token);
    }

    /// <summary>The same on a lease that the caller has.</summary>
    public async Task WriteAsync(
        QueryLease lease, DatasetQuery query, DistributionFormat format, TableDescription table, Stream target, CancellationToken token)
    {
        var written = query.Unsorted();
        try
        {
            var described = format == DistributionFormat.Xlsx ? WithBounds(lease, query, table, token) : table;
            var rows = new RowSet(lease.Connection, QueryToSql.Translate(written, lease.Dataset.Alias), described) { IsNumbered = written.AsStored };
            await writers.Of(format).WriteAsync(rows, target, token);
        }
        catch (OpenDataException failure)
        {
            throw QueryFailure.Explain(failure, query);
        }
    }

    /// <summary>Workbooks decide by the bounds of a column whether it is numbers: those of a column that the query makes are asked for.</summary>
    private static TableDescription WithBounds(QueryLease lease, DatasetQuery query, TableDescription table, CancellationToken token)
    {
        var made = query.Columns
            .Where(c => c.Type.Kind is ColumnKind.Integer or ColumnKind.Decimal or ColumnKind.Date && !table.Ranges.ContainsKey(c.Name))
            .ToList();
        if (made.Count == 0)
        {
            return table;
        }

        var ranges = table.Ranges.ToDictionary(StringComparer.Ordinal);
        using var reader = lease.Connection.Stream(QueryToSql.TranslateBounds(query, lease.Dataset.Alias, made), token);
        while (reader.Read(out var bounds))
        {
            for (var i = 0; i < made.Count; i++)
            {
                ranges[made[i].Name] = new ColumnRange(Text(bounds, 2 * i), Text(bounds, (2 * i) + 1));
            }
        }

        return table with { Ranges = ranges };
    }

    private static string? Text(ResultChunk chunk, int column) => chunk[column].IsNull(0) ? null : Encoding.UTF8.GetString(chunk[column].Utf8(0));
}
