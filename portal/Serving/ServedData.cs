using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Errors;
using OpenData.Warehouse.Publishing;

namespace OpenData.Portal.Serving;

/// <summary>The door to what is served: the current state by reference, older versions by name.</summary>
internal sealed class ServedData(PortalOptions options, FileProofs proofs)
{
    // A contract's name has at most 63 letters.
    private const int NameLettersMax = 63;

    private readonly SnapshotStore _store = new(options.DataFolder);
    private volatile ServedCatalog? _current;

    /// <summary>True once published data has been read; readiness depends on this alone.</summary>
    public bool IsReady => _current is not null;

    /// <summary>The state of this moment. Take it once per request.</summary>
    public ServedCatalog Current => _current ?? ServedCatalog.Empty;

    /// <summary>The store of published versions.</summary>
    public SnapshotStore Store => _store;

    /// <summary>Replaces the state.</summary>
    public void Switch(ServedCatalog next) => _current = next;

    /// <summary>The current version of an open dataset.</summary>
    /// <exception cref="OpenDataException">OD9021 before the first reading, OD9030 when no open dataset has that id.</exception>
    public ServedDataset Require(string id) => Require(Current, id);

    /// <summary>The current version of an open dataset in a state taken before.</summary>
    /// <exception cref="OpenDataException">OD9021 before the first reading, OD9030 when no open dataset has that id.</exception>
    public ServedDataset Require(ServedCatalog catalog, string id)
    {
        if (!IsReady)
        {
            throw NotReady();
        }

        return catalog.Find(id) ?? throw new OpenDataException(
            PortalErrors.UnknownDataset,
            new LocalText("Không có bộ dữ liệu mở nào mang mã này.", "No open dataset has this id."),
            suggestion: NearestId(catalog, id));
    }

    /// <summary>OD9035: a stored file of the version is not what was published.</summary>
    public static OpenDataException Damaged(Exception? inner) => new(
        PortalErrors.DamagedVersion,
        new LocalText("Tệp của phiên bản này bị hỏng trên đĩa.", "The file of this version is damaged on disk."),
        inner: inner);

    /// <summary>A named version of an open dataset, current or older.</summary>
    /// <exception cref="OpenDataException">
    /// OD9030 when no open dataset has that id, OD9031 when it never had that version, OD9032 when the version's files were collected.
    /// </exception>
    public ServedDataset Require(string id, string version)
    {
        var current = Require(id);
        if (string.Equals(current.Version, version, StringComparison.Ordinal))
        {
            return current;
        }

        if (!VersionName.IsValid(version) || _store.Find(id, version) is not { } snapshot || Exposes(snapshot, id))
        {
            throw NoSuchVersion();
        }

        if (snapshot.CollectedAt is not null || !File.Exists(snapshot.DataFile))
        {
            throw NoLongerKept(inner: null);
        }

        if (!proofs.MayServe(snapshot))
        {
            throw Damaged(null);
        }

        return new ServedDataset(LiveTexts.Over(snapshot.Contract, current.Contract), snapshot);
    }

    /// <summary>All versions of an open dataset that callers may see, newest first, collected ones included.</summary>
    public IReadOnlyList<Snapshot> Versions(ServedDataset dataset)
        => [.. _store.Versions(dataset.Id).Where(s => !Exposes(s, dataset.Id))];

    /// <summary>The newest versions of some open datasets that callers may see, newest first; only as many are opened as are asked for.</summary>
    public IReadOnlyList<(ServedDataset Dataset, Snapshot Version)> Newest(IReadOnlyList<ServedDataset> datasets, int count)
        => [
            .. datasets
                .SelectMany(d => _store.Publications(d.Id).DistinctBy(p => p.Version).Select(p => (Dataset: d, Publication: p)))
                .OrderByDescending(p => p.Publication.Version, StringComparer.Ordinal)
                .ThenBy(p => p.Dataset.Id, StringComparer.Ordinal)
                .Select(p => (p.Dataset, Version: _store.Open(p.Dataset.Id, p.Publication)))
                .Where(p => p.Version is not null && !Exposes(p.Version, p.Dataset.Id))
                .Take(count)
                .Select(p => (p.Dataset, p.Version!)), // the filter above
        ];

    /// <summary>The state of this moment.</summary>
    /// <exception cref="OpenDataException">OD9021 before the first reading: "no datasets" would be a lie.</exception>
    public ServedCatalog RequireReady() => _current ?? throw NotReady();

    /// <summary>OD9031.</summary>
    public static OpenDataException NoSuchVersion() => new(PortalErrors.UnknownVersion, new LocalText(
        "Bộ dữ liệu không có phiên bản này; xem danh sách phiên bản.",
        "The dataset has no such version; see its list of versions."));

    /// <summary>OD9032.</summary>
    /// <param name="inner">How it showed; null when the mark of the collector did.</param>
    public static OpenDataException NoLongerKept(Exception? inner) => new(
        PortalErrors.CollectedVersion,
        new LocalText(
            "Phiên bản này từng được công bố, nay không còn giữ tệp theo thời hạn lưu của bộ dữ liệu.",
            "This version was published once; its files are no longer kept, as the dataset's keeping rule says."),
        inner: inner);

    /// <summary>OD9021, the answer before the first reading.</summary>
    private static OpenDataException NotReady() => new(PortalErrors.NotReady, new LocalText(
        "Cổng đang đọc dữ liệu đã công bố; thử lại sau vài giây.",
        "The portal is still reading the published data; try again in a few seconds."));

    /// <summary>Asked of versions with their files only: a collected one has a manifest, and that is all it shows.</summary>
    private bool Exposes(Snapshot snapshot, string id)
        => snapshot.CollectedAt is null
            && Current.Catalog.Find(id) is { } live

            // Most contracts have no personal column, and then the one of the version need not be read.
            && live.Columns.Any(c => c.Personal)
            && LiveTexts.Exposes(snapshot.Contract, live);

    /// <summary>An open id that is one slip of a letter away, whatever its hyphens and capitals; null for the rest.</summary>
    private static string? NearestId(ServedCatalog catalog, string id)
        => id.Length > NameLettersMax ? null : catalog.Datasets.FirstOrDefault(d => IsOneSlip(Letters(d.Id), Letters(id)))?.Id;

    private static string Letters(string id)
        => id.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Equal, or equal but for one letter too many, too few or wrong.</summary>
    private static bool IsOneSlip(string a, string b)
    {
        var head = a.AsSpan().CommonPrefixLength(b);
        return Math.Abs(a.Length - b.Length) <= 1
            && a[Math.Min(a.Length, head + (a.Length >= b.Length ? 1 : 0))..] == b[Math.Min(b.Length, head + (b.Length >= a.Length ? 1 : 0))..];
    }
}
