using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Vocabularies;
using OpenData.Catalogs;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Query.Expressions;
using static OpenData.Portal.OData.Vocabulary;

namespace OpenData.Portal.OData;

/// <summary>Pure: served datasets → the EDM model of the service, with annotations for what works and nothing that does not.</summary>
internal static class EdmModelFactory
{
    /// <summary>Namespace of the entity types.</summary>
    public const string Namespace = "OpenData";

    private const int Microseconds = 6;
    private const int Wgs84 = 4326;

    private static readonly (string Name, IEdmExpression Value)[] ExpandLevels = [("MaxLevels", new EdmIntegerConstant(new QueryLimits().ExpandLevelsMax))];

    // Behind a list in $select.
    private static readonly string[] ListOptions = ["Filterable", "Sortable", "TopSupported", "SkipSupported", "Countable"];

    /// <summary>The model of one state.</summary>
    public static EdmModel Make(IReadOnlyList<ServedDataset> datasets, Version edmVersion)
    {
        var model = new EdmModel();
        model.SetEdmVersion(edmVersion);
        model.SetEdmReferences(References());
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
            ColumnRestrictions.Add(model, set, contract);
        }

        ServiceCapabilities.Add(model, container, datasets);
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

            ValidationRules.Add(model, property, column, contract);
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
            ("Transformations", Strings(QueryScope.Transformations)),
            ("Rollup", Member(Aggregation, "RollupType", "SingleHierarchy"))));
        Annotate(model, set, Capabilities, "IndexableByKey", True());
        var hasLists = contract.PublicColumns.Any(c => c.Type.Kind == ColumnKind.List);
        Annotate(model, set, Capabilities, "SelectSupport", Record(
            Capabilities,
            "SelectSupportType",
            [("Supported", True()), .. hasLists ? ListOptions.Select(o => (o, (IEdmExpression)True())) : []]));
        Annotate(model, set, Capabilities, "SearchRestrictions", Record(Capabilities, "SearchRestrictionsType", ("Searchable", new EdmBooleanConstant(isSearchable))));
        Annotate(model, set, Capabilities, "ExpandRestrictions", Record(
            Capabilities,
            "ExpandRestrictionsType",
            [("Expandable", new EdmBooleanConstant(isExpandable)), .. isExpandable ? ExpandLevels : []]));
        Annotate(model, set, Capabilities, "InsertRestrictions", Record(Capabilities, "InsertRestrictionsType", ("Insertable", False())));
        Annotate(model, set, Capabilities, "UpdateRestrictions", Record(Capabilities, "UpdateRestrictionsType", ("Updatable", False())));
        Annotate(model, set, Capabilities, "DeleteRestrictions", Record(Capabilities, "DeleteRestrictionsType", ("Deletable", False())));
    }
}
