using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Vocabularies;
using OpenData.Catalogs;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Portal.OData;

/// <summary>Pure: served datasets → the EDM model of the service, with annotations for what works and nothing that does not.</summary>
internal static class EdmModelFactory
{
    /// <summary>Namespace of the entity types.</summary>
    public const string Namespace = "OpenData";

    private const string Core = "Org.OData.Core.V1";
    private const string Aggregation = "Org.OData.Aggregation.V1";
    private const string Capabilities = "Org.OData.Capabilities.V1";
    private const string Measures = "Org.OData.Measures.V1";
    private const int Microseconds = 6;
    private const int Wgs84 = 4326;

    private static readonly string[] Functions =
    [
        "contains", "endswith", "startswith", "length", "indexof", "substring", "tolower", "toupper", "trim", "concat", "matchesPattern",
        "year", "month", "day", "hour", "minute", "second", "fractionalseconds", "date", "time", "totaloffsetminutes", "totalseconds",
        "now", "mindatetime", "maxdatetime", "round", "floor", "ceiling", "case", "geo.distance",
    ];

    private static readonly (string Name, IEdmExpression Value)[] ExpandLevels = [("MaxLevels", new EdmIntegerConstant(new QueryLimits().ExpandLevelsMax))];

    /// <summary>The model of one state.</summary>
    public static EdmModel Make(IReadOnlyList<ServedDataset> datasets, Version edmVersion)
    {
        var model = new EdmModel();
        model.SetEdmVersion(edmVersion);
        model.SetEdmReferences(
            [Reference(Core, "Core"), Reference(Aggregation, "Aggregation"), Reference(Capabilities, "Capabilities"), Reference(Measures, "Measures")]);
        var container = new EdmEntityContainer(Namespace, "Container");
        model.AddElement(container);
        var sets = datasets.ToDictionary(d => d.Id, d => container.AddEntitySet(d.Id, EntityType(model, d.Contract)), StringComparer.Ordinal);
        foreach (var contract in datasets.Select(d => d.Contract))
        {
            var set = sets[contract.Id];
            Relate(set, contract, datasets, sets);
            Describe(model, set, contract.Title, contract.Summary);
            Restrict(model, set, contract);
            Annotate(model, set, Capabilities, "ChangeTracking", Record(
                Capabilities,
                "ChangeTrackingType",
                ("Supported", True()),
                ("FilterableProperties", new EdmCollectionExpression(RowKey.QueryColumns(contract).Select(c => new EdmPropertyPathExpression(c.Name))))));
        }

        Annotate(model, container, Core, "ODataVersions", new EdmStringConstant("4.01"));
        Annotate(model, container, Capabilities, "ConformanceLevel", Member(Capabilities, "ConformanceLevelType", "Minimal"));
        Annotate(model, container, Capabilities, "SupportedFormats", Strings(
            ["application/json;odata.metadata=minimal;IEEE754Compatible=false", .. DistributionFormat.All.Select(f => f.MediaType.Split(';')[0]).Distinct(StringComparer.Ordinal)]));
        Annotate(model, container, Capabilities, "AsynchronousRequestsSupported", False());
        Annotate(model, container, Capabilities, "BatchSupported", True());
        Annotate(model, container, Capabilities, "CrossJoinSupported", False());
        Annotate(model, container, Capabilities, "KeyAsSegmentSupported", True());
        Annotate(model, container, Capabilities, "FilterFunctions", Strings(Functions));
        return model;
    }

    /// <summary>The EDM type of a column.</summary>
    public static IEdmTypeReference Type(ColumnContract column, bool isNullable)
        => column.Type.Kind == ColumnKind.List
            ? EdmCoreModel.GetCollection(Scalar(column.ToScalar(), isNullable: false))
            : Scalar(column, isNullable);

    private static IEdmPrimitiveTypeReference Scalar(ColumnContract column, bool isNullable)
    {
        var core = EdmCoreModel.Instance;
        return column.Type.Kind switch
        {
            ColumnKind.Boolean => core.GetBoolean(isNullable),
            ColumnKind.Integer => core.GetInt64(isNullable),
            ColumnKind.Decimal => core.GetDecimal(column.Type.Precision, column.Type.Scale, isNullable),
            ColumnKind.Float => core.GetDouble(isNullable),
            ColumnKind.Date => core.GetDate(isNullable),
            ColumnKind.Time => core.GetTemporal(EdmPrimitiveTypeKind.TimeOfDay, Microseconds, isNullable),
            ColumnKind.Timestamp => core.GetTemporal(EdmPrimitiveTypeKind.DateTimeOffset, Microseconds, isNullable),
            ColumnKind.Duration => core.GetTemporal(EdmPrimitiveTypeKind.Duration, Microseconds, isNullable),
            ColumnKind.Uuid => core.GetGuid(isNullable),
            ColumnKind.Geometry => core.GetSpatial(
                column.Type.Geometry == GeometryKind.Point ? EdmPrimitiveTypeKind.GeographyPoint : EdmPrimitiveTypeKind.Geography, Wgs84, isNullable),
            _ => core.GetString(isNullable),
        };
    }

    private static EdmEntityType EntityType(EdmModel model, DatasetContract contract)
    {
        var type = new EdmEntityType(Namespace, contract.Id);
        var keys = RowKey.KeyColumns(contract).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var column in RowKey.QueryColumns(contract))
        {
            var isKey = keys.Contains(column.Name);
            var property = type.AddStructuralProperty(column.Name, Type(column, !isKey && !column.Required));
            if (isKey)
            {
                type.AddKeys(property);
            }

            Describe(model, property, column.Title, column.Description);
            if (column.Unit is { } unit)
            {
                Annotate(model, property, Measures, "Unit", new EdmStringConstant(unit));
            }
        }

        model.AddElement(type);
        return type;
    }

    /// <summary>Vietnamese first, as everywhere; English under the qualifier <c>en</c>.</summary>
    private static void Describe(EdmModel model, IEdmVocabularyAnnotatable target, LocalText title, LocalText? longer)
    {
        Annotate(model, target, Core, "Description", new EdmStringConstant(title.Vi));
        Annotate(model, target, Core, "Description", new EdmStringConstant(title.En), "en");
        if (longer is not null)
        {
            Annotate(model, target, Core, "LongDescription", new EdmStringConstant(longer.Vi));
            Annotate(model, target, Core, "LongDescription", new EdmStringConstant(longer.En), "en");
        }
    }

    // Relations to datasets that callers may not see are not there.
    private static void Relate(EdmEntitySet set, DatasetContract contract, IReadOnlyList<ServedDataset> datasets, Dictionary<string, EdmEntitySet> sets)
    {
        foreach (var relation in contract.Relations)
        {
            if (datasets.FirstOrDefault(d => d.Id == relation.To) is not { } target
                || Relation.Between(relation, contract, new RelatedTable(target.Contract, target.Alias)) is not { } between)
            {
                continue;
            }

            var property = ((EdmEntityType)set.EntityType()).AddUnidirectionalNavigation(new EdmNavigationPropertyInfo
            {
                Name = relation.Name,
                Target = sets[relation.To].EntityType(),
                TargetMultiplicity = between.IsMany ? EdmMultiplicity.Many : EdmMultiplicity.ZeroOrOne,
            });
            set.AddNavigationTarget(property, sets[relation.To]);
        }
    }

    private static void Restrict(EdmModel model, EdmEntitySet set, DatasetContract contract)
    {
        var isSearchable = contract.PublicColumns.Any(c => c.Search);
        var isExpandable = set.NavigationPropertyBindings.Any();
        Annotate(model, set, Capabilities, "TopSupported", True());
        Annotate(model, set, Capabilities, "SkipSupported", True());
        Annotate(model, set, Capabilities, "ComputeSupported", True());
        Annotate(model, set, Aggregation, "ApplySupported", Record(
            Aggregation,
            "ApplySupportedType",
            ("Transformations", Strings([.. QueryScope.Transformations])),
            ("Rollup", Member(Aggregation, "RollupType", "SingleHierarchy"))));
        Annotate(model, set, Capabilities, "IndexableByKey", True());
        Annotate(model, set, Capabilities, "FilterRestrictions", Record(Capabilities, "FilterRestrictionsType", ("Filterable", True())));
        Annotate(model, set, Capabilities, "SortRestrictions", Record(Capabilities, "SortRestrictionsType", ("Sortable", True())));
        Annotate(model, set, Capabilities, "CountRestrictions", Record(Capabilities, "CountRestrictionsType", ("Countable", True())));
        Annotate(model, set, Capabilities, "SelectSupport", Record(Capabilities, "SelectSupportType", ("Supported", True()), ("Countable", False())));
        Annotate(model, set, Capabilities, "SearchRestrictions", Record(Capabilities, "SearchRestrictionsType", ("Searchable", new EdmBooleanConstant(isSearchable))));
        Annotate(model, set, Capabilities, "ExpandRestrictions", Record(
            Capabilities,
            "ExpandRestrictionsType",
            [("Expandable", new EdmBooleanConstant(isExpandable)), .. isExpandable ? ExpandLevels : []]));
        Annotate(model, set, Capabilities, "InsertRestrictions", Record(Capabilities, "InsertRestrictionsType", ("Insertable", False())));
        Annotate(model, set, Capabilities, "UpdateRestrictions", Record(Capabilities, "UpdateRestrictionsType", ("Updatable", False())));
        Annotate(model, set, Capabilities, "DeleteRestrictions", Record(Capabilities, "DeleteRestrictionsType", ("Deletable", False())));
    }

    private static void Annotate(
        EdmModel model, IEdmVocabularyAnnotatable target, string vocabulary, string term, IEdmExpression value, string? qualifier = null)
    {
        // The writer asks a term for its name only; the vocabularies themselves are referred to, not repeated.
        var annotation = new EdmVocabularyAnnotation(
            target, new EdmTerm(vocabulary, term, EdmPrimitiveTypeKind.String), qualifier, value);
        model.AddVocabularyAnnotation(annotation);
        annotation.SetSerializationLocation(model, EdmVocabularyAnnotationSerializationLocation.Inline);
    }

    private static EdmRecordExpression Record(string vocabulary, string type, params (string Name, IEdmExpression Value)[] properties)
        => new(
            new EdmComplexTypeReference(new EdmComplexType(vocabulary, type), isNullable: false),
            properties.Select(p => new EdmPropertyConstructor(p.Name, p.Value)));

    private static EdmEnumMemberExpression Member(string vocabulary, string type, string name)
        => new(new EdmEnumType(vocabulary, type).AddMember(name, new EdmEnumMemberValue(0)));

    private static EdmCollectionExpression Strings(params string[] values) => new(values.Select(v => new EdmStringConstant(v)));

    private static EdmBooleanConstant True() => new(value: true);

    private static EdmBooleanConstant False() => new(value: false);

    private static EdmReference Reference(string vocabulary, string alias)
    {
        var reference = new EdmReference(new Uri($"https://oasis-tcs.github.io/odata-vocabularies/vocabularies/{vocabulary}.xml"));
        reference.AddInclude(new EdmInclude(alias, vocabulary));
        return reference;
    }
}
