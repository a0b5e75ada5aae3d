using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using OpenData.Portal.Access;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Errors;
using OpenData.Portal.OData.Batch;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.OData;

/// <summary>The OData service: <c>/odata/</c>, <c>$metadata</c>, entity sets and all below them.</summary>
internal static class ODataEndpoints
{
    /// <summary>Path of the service.</summary>
    public const string Prefix = "/odata";

    private const string Batch = "$batch";

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Maps everything below the group; the group is <see cref="Prefix"/>.</summary>
    public static void MapOData(this RouteGroupBuilder group)
    {
        // One catch-all: OData's paths (keys in parentheses, doubled slashes) are not route templates.
        group.MapMethods("/{**path}", ["GET", "HEAD"], AnswerAsync).ExcludeFromDescription();
        group.MapPost("/{**path}", BatchAsync).ReadsByPost().ExcludeFromDescription();
    }

    /// <summary>True for the address of batches.</summary>
    public static bool IsBatch(PathString path)
        => path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase, out var rest)
            && rest.Value?.Trim('/').Equals(Batch, StringComparison.OrdinalIgnoreCase) == true;

    private static async Task BatchAsync(HttpContext context, PortalOptions portal)
    {
        if (!IsBatch(context.Request.Path))
        {
            throw MethodNotAllowed(context, "GET, HEAD, OPTIONS");
        }

        var services = context.RequestServices;
        await BatchRunner.AnswerAsync(context, PublicAddress.Root(context.Request, portal) + Prefix, one => AnswerAsync(
            one,
            services.GetRequiredService<ServedData>(),
            services.GetRequiredService<MetadataDocuments>(),
            services.GetRequiredService<EntityReader>(),
            services.GetRequiredService<AllReader>(),
            services.GetRequiredService<KnownPages>(),
            portal));
    }

    private static async Task AnswerAsync(HttpContext context, ServedData served, MetadataDocuments metadata, EntityReader entities, AllReader all, KnownPages known, PortalOptions portal)
    {
        var root = PublicAddress.Root(context.Request, portal) + Prefix;
        context.Response.Headers.Append(HeaderNames.Vary, "Accept, Accept-Encoding, OData-MaxVersion, OData-Version, Prefer");

        // Failures have it too, and those of HEAD have nothing else.
        context.Response.Headers["OData-Version"] = ODataFormat.VersionFor(context.Request);
        if (await known.TryAnswerAsync(context, root))
        {
            return;
        }

        var request = ODataRequest.Of(context, Prefix);
        var state = served.Current;
        if (!served.IsReady)
        {
            // Before the first reading every name gives "not ready yet".
            served.Require(state, "");
        }

        if (request.Segments.Count == 0)
        {
            await ServiceDocumentAsync(context, request, state, root);
            return;
        }

        if (request.Segments[0].Equals(Batch, StringComparison.OrdinalIgnoreCase))
        {
            throw MethodNotAllowed(context, "POST, OPTIONS");
        }

        if (request.Segments[0].Equals("$metadata", StringComparison.OrdinalIgnoreCase))
        {
            await MetadataAsync(context, request, state, metadata);
            return;
        }

        if (AllReader.IsIt(request))
        {
            await all.AnswerAsync(context, request, state, root);
            return;
        }

        if (ODataPath.IsById(request.Segments))
        {
            request = request.Dereferenced(root);
        }

        var path = ODataPath.Read(request.Segments, name => RowKey.KeyColumns(Dataset(served, state, name).Contract).Count);
        await entities.AnswerAsync(context, path, request with { PathFilters = path.Filters }, state, Dataset(served, state, path.Set!), root);
    }

    /// <summary>The dataset of an entity set: as written, else the one that differs only in case.</summary>
    private static ServedDataset Dataset(ServedData served, ServedCatalog state, string name)
        => state.Datasets.FirstOrDefault(d => d.Id.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? served.Require(state, name);

    private static async Task ServiceDocumentAsync(HttpContext context, ODataRequest request, ServedCatalog state, string root)
    {
        var options = ODataOptions.Read(request.Options, "format");
        RefuseAliases(options);
        var format = ODataFormat.Of(context.Request, options.Format, xmlOffered: false);
        using var bytes = new MemoryStream();
        await using (var json = new Utf8JsonWriter(bytes, WriterOptions))
        {
            json.WriteStartObject();
            if (format.Level != MetadataLevel.None)
            {
                json.WriteString(format.Prefix + "context", root + "/$metadata");
            }

            json.WriteStartArray("value");
            foreach (var dataset in state.Datasets)
            {
                json.WriteStartObject();
                json.WriteString("name", dataset.Id);
                json.WriteString("title", dataset.Contract.Title.For(Errors.Language.Of(context.Request)));
                json.WriteString("kind", "EntitySet");
                json.WriteString("url", dataset.Id);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        context.Response.Headers.Append(HeaderNames.Vary, "Accept-Language");
        await SmallAnswer.WriteAsync(context, bytes.ToArray(), format.ContentType, format.Version);
    }

    private static async Task MetadataAsync(HttpContext context, ODataRequest request, ServedCatalog state, MetadataDocuments metadata)
    {
        if (request.Segments.Count > 1)
        {
            throw ODataPath.Unknown(request.Segments[1]);
        }

        var options = ODataOptions.Read(request.Options, "format");
        RefuseAliases(options);
        var format = ODataFormat.Of(context.Request, options.Format, xmlOffered: true);
        if (!format.IsXml)
        {
            // CSDL JSON exists since 4.01 only.
            ODataFormat.Require401(context.Request);
        }

        await SmallAnswer.WriteAsync(
            context,
            metadata.Of(state, format.IsXml, format.Is401),
            format.IsXml ? format.ContentType : "application/json;charset=utf-8",
            format.IsXml ? format.Version : "4.01");
    }

    internal static void RefuseAliases(ODataOptions options)
    {
        if (options.Aliases.Count > 0)
        {
            throw new OpenDataException(
                QueryErrors.BadAlias,
                new LocalText("Bí danh tham số không có nghĩa ở địa chỉ này.", "Parameter aliases mean nothing at this address."));
        }
    }

    private static OpenDataException MethodNotAllowed(HttpContext context, string allowed)
    {
        context.Response.Headers.Allow = allowed;
        return new OpenDataException(
            PortalErrors.MethodNotAllowed,
            new LocalText("Địa chỉ này không nhận phương thức đã dùng; xem Allow.", "This address does not take that method; see Allow."));
    }
}
