using Microsoft.OData.Edm;
using OpenData.Catalogs;
using static OpenData.Portal.OData.Vocabulary;

namespace OpenData.Portal.OData;

/// <summary>What cannot be done with the columns of a set: lists and geometries have no order.</summary>
internal static class ColumnRestrictions
{
    /// <summary>Annotates the set.</summary>
    public static void Add(EdmModel model, EdmEntitySet set, DatasetContract contract)
    {
        Annotate(model, set, Capabilities, "FilterRestrictions", Record(Capabilities, "FilterRestrictionsType", ("Filterable", True())));
        var unordered = contract.PublicColumns.Where(c => c.Type.Kind is ColumnKind.List or ColumnKind.Geometry).Select(c => c.Name).ToList();
        Annotate(model, set, Capabilities, "SortRestrictions", Record(
            Capabilities,
            "SortRestrictionsType",
            [("Sortable", True()), .. unordered.Count > 0 ? [("NonSortableProperties", Paths(unordered))] : Array.Empty<(string, IEdmExpression)>()]));
        Annotate(model, set, Capabilities, "CountRestrictions", Record(Capabilities, "CountRestrictionsType", ("Countable", True())));
    }
}
