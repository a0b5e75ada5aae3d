namespace OpenData.Portal.Api;

/// <summary>Where every published column of a version comes from.</summary>
public sealed record LineageDetail
{
    /// <summary>Dataset id.</summary>
    /// <example>one_stop_monthly</example>
    public required string Dataset { get; init; }

    /// <summary>Version.</summary>
    /// <example>20261122T023015123Z-1a2b3c4d</example>
    public required string Version { get; init; }

    /// <summary>Kind of source: <c>csv</c>, <c>http_json</c>, <c>sql</c> (derived) …</summary>
    /// <example>sql</example>
    public required string SourceKind { get; init; }

    /// <summary>Every published column, in order.</summary>
    public required IReadOnlyList<ColumnLineage> Columns { get; init; }

    /// <summary>Versions of open datasets that went into this one.</summary>
    public required IReadOnlyList<ParentDetail> Parents { get; init; }

    /// <summary>Datasets that went into it and are not public.</summary>
    /// <example>0</example>
    public required int HiddenParents { get; init; }

    /// <summary>Ids of the open datasets that are made from this one.</summary>
    public required IReadOnlyList<string> Children { get; init; }
}
