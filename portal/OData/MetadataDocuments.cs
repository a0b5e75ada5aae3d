using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using Microsoft.OData.Edm.Csdl;
using OpenData.Portal.Serving;

namespace OpenData.Portal.OData;

/// <summary>The <c>$metadata</c> documents of each served state, written once per state.</summary>
internal sealed class MetadataDocuments
{
    private static readonly Version Edm40 = new(4, 0);
    private static readonly Version Edm401 = new(4, 1);

    private readonly ConditionalWeakTable<ServedCatalog, Documents> _byState = [];

    /// <summary>The document.</summary>
    public byte[] Of(ServedCatalog state, bool isXml, bool is401)
    {
        var documents = _byState.GetValue(state, s => new Documents(s));
        return (isXml ? is401 ? documents.Xml401 : documents.Xml40 : documents.Json).Value;
    }

    private static byte[] Xml(ServedCatalog state, Version version)
    {
        using var bytes = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true };
        using (var xml = XmlWriter.Create(bytes, settings))
        {
            if (!CsdlWriter.TryWriteCsdl(EdmModelFactory.Make(state.Datasets, version), xml, CsdlTarget.OData, out var errors))
            {
                throw new InvalidOperationException("CSDL: " + string.Join("; ", errors.Select(e => e.ErrorMessage)));
            }
        }

        return bytes.ToArray();
    }

    private static byte[] Json(ServedCatalog state)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true }))
        {
            if (!CsdlWriter.TryWriteCsdl(EdmModelFactory.Make(state.Datasets, Edm401), json, out var errors))
            {
                throw new InvalidOperationException("CSDL: " + string.Join("; ", errors.Select(e => e.ErrorMessage)));
            }
        }

        return bytes.ToArray();
    }

    private sealed class Documents(ServedCatalog state)
    {
        public Lazy<byte[]> Xml40 { get; } = new(() => Xml(state, Edm40));

        public Lazy<byte[]> Xml401 { get; } = new(() => Xml(state, Edm401));

        public Lazy<byte[]> Json { get; } = new(() => MetadataDocuments.Json(state));
    }
}
