using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Vocabularies;
using OpenData.Catalogs;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query.Expressions;
using static OpenData.Portal.OData.Vocabulary;

namespace OpenData.Portal.OData;

/// <summary>What the service as a whole can do, on its container. Each word of it is tried by a test.</summary>
internal static class ServiceCapabilities
{
    private static readonly string[] Json =
    [
        .. from level in new[] { "minimal", "full", "none" }
           from exact in new[] { "false", "true" }
           select $"application/json;odata.metadata={level};IEEE754Compatible={exact}",
    ];

    /// <summary>Annotates the container.</summary>
    public static void Add(EdmModel model, EdmEntityContainer container, IReadOnlyList<ServedDataset> datasets)
    {
        Annotate(model, container, Core, "ODataVersions", new EdmStringConstant("4.01"));
        Say("ConformanceLevel", Member(Capabilities, "ConformanceLevelType", "Advanced"));
        Say("SupportedFormats", Strings([.. Json, .. Files(datasets)]));
        Say("SupportedMetadataFormats", Strings("application/xml", "application/json"));
        Say("AsynchronousRequestsSupported", False());
        Say("BatchSupported", True());
        Say("BatchSupport", Record(
            Capabilities,
            "BatchSupportType",
            ("Supported", True()),
            ("ContinueOnErrorSupported", True()),
            ("ReferencesInRequestBodiesSupported", False()),
            ("ReferencesAcrossChangeSetsSupported", False()),
            ("EtagReferencesSupported", False()),
            ("RequestDependencyConditionsSupported", False()),
            ("SupportedFormats", Strings("multipart/mixed", "application/json"))));
        Say("CrossJoinSupported", False());
        Say("QuerySegmentSupported", False());
        Say("KeyAsSegmentSupported", True());
        Say("FilterFunctions", Strings(QueryScope.Functions));

        void Say(string term, IEdmExpression value) => Annotate(model, container, Capabilities, term, value);
    }

    private static IEnumerable<string> Files(IReadOnlyList<ServedDataset> datasets)
    {
        var hasGeometry = datasets.Any(d => d.Contract.PublicColumns.Any(c => c.Type.Kind == ColumnKind.Geometry));
        return DistributionFormat.All.Where(f => f != DistributionFormat.Json && (hasGeometry || !f.NeedsGeometry))
            .Select(f => f.MediaType.Split(';')[0]).Distinct(StringComparer.Ordinal);
    }
}
