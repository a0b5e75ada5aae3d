using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Portal.Serving;

/// <summary>One version of one open dataset as the portal serves it. Immutable.</summary>
/// <param name="Contract">Structure as the version was published, texts as the catalogue says now.</param>
/// <param name="Snapshot">The version's files and manifest.</param>
public sealed record ServedDataset(DatasetContract Contract, Snapshot Snapshot)
{
    /// <summary>Dataset id.</summary>
    public string Id => Contract.Id;

    /// <summary>Version name.</summary>
    public string Version => Snapshot.Manifest.Version;

    /// <summary>Manifest of the version.</summary>
    public SnapshotManifest Manifest => Snapshot.Manifest;

    /// <summary>
    /// Name of the attached database in the engines, one per version, so that a query is bound to one version by construction. To be
    /// quoted: the table is <c>"alias"."main"."data"</c>.
    /// </summary>
    public string Alias => Id + "@" + Version;

    /// <summary>Versions of other datasets that a question to this one reads too, over relations.</summary>
    public IReadOnlyList<ServedDataset> Related { get; init; } = [];

    /// <summary>All versions that an answer is made of: <see cref="Alias"/>, then those of <see cref="Related"/>.</summary>
    public string Versions => Related.Count == 0 ? Alias : string.Join(',', [Alias, .. Related.Select(r => r.Alias)]);

    /// <summary>The same question with the place of its row, when it asks for a key of a large table; else as it is.</summary>
    public DatasetQuery Located(DatasetQuery query)
    {
        if (query.Apply.Count > 0 || query.Predicate is not { } predicate || PinnedKey.Of(predicate, RowKey.KeyColumns(Contract)) is not { } key)
        {
            return query;
        }

        try
        {
            return query with { ByKey = true, Rids = Snapshot.Keys?.Find(KeyHash.Of(key)) };
        }
        catch (IOException)
        {
            // The version is being collected: the engine says so with the right words.
            return query;
        }
        catch (OpenDataException damaged) when (damaged.Code == PublishingErrors.Damaged)
        {
            throw ServedData.Damaged(damaged);
        }
    }

    /// <summary>Version newer than this one that was refused because its files are damaged; null when there is none.</summary>
    public string? RefusedVersion { get; init; }
}
