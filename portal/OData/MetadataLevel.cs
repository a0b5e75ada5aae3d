namespace OpenData.Portal.OData;

/// <summary>How much control information JSON answers carry.</summary>
internal enum MetadataLevel
{
    /// <summary>Counts and next links only.</summary>
    None,

    /// <summary>The context too.</summary>
    Minimal,

    /// <summary>Ids and types of everything.</summary>
    Full,
}
