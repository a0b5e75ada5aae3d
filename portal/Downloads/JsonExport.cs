using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.Downloads;

/// <summary>
/// A whole table as one JSON object: <c>{"dataset":…,"version":…,"published_at":…,"row_count":…,"rows":[{…},…]}</c>. Streamed from the
/// bulk lane in physical order; memory does not grow with the rows.
/// </summary>
internal sealed class JsonExport(QueryLanes lanes, PortalOptions options)
{
    private static readonly JsonSerializerOptions Texts = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the object. A failure leaves it unfinished; the caller breaks the connection.</summary>
    public async Task WriteAsync(ServedDataset dataset, Stream target, CancellationToken token)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(token);
        limited.CancelAfter(options.ExportTimeout);
        using var lease = await lanes.Bulk.EnterAsync(dataset, limited.Token);
        using var reader = lease.Connection.Stream(Sql(dataset), limited.Token);
        await target.WriteAsync(Head(dataset), limited.Token);
        await RowPump.WriteAsync(reader, new JsonRows(dataset.Contract.PublicColumns, dataset.Contract.TimeZone), target, limited.Token);
        await target.WriteAsync("}\n"u8.ToArray(), limited.Token);
    }

    private static SqlText Sql(ServedDataset dataset)
    {
        var sql = new SqlBuilder().Append("SELECT ");
        var separator = "";
        foreach (var column in dataset.Contract.PublicColumns)
        {
            sql.Append(separator).Name(column.Name);
            separator = ", ";
        }

        return sql.Append(" FROM ").Name(dataset.Alias).Append(".main.data ORDER BY _rid").ToSql();
    }

    private static byte[] Head(ServedDataset dataset)
    {
        var manifest = dataset.Manifest;
        var published = manifest.PublishedAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"dataset\":{JsonSerializer.Serialize(dataset.Id, Texts)},\"version\":\"{manifest.Version}\","
            + $"\"published_at\":\"{published}\",\"row_count\":{manifest.Rows},\"rows\":"));
    }
}
