using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.Serving;

/// <summary>
/// The versions attached to one engine, each under its own alias. A version is attached when somebody needs it, stays while somebody
/// reads it, and goes when it is neither current nor read for a while; so a swap fails no request and mixes no versions.
/// </summary>
internal sealed class Attachments(DuckDbEngine engine, TimeProvider clock)
{
    /// <summary>How long an unread, replaced version stays attached: the next page of a traversal finds it at no cost.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Attaches the version unless it is, and keeps it until <see cref="Release"/>.</summary>
    public void Acquire(ServedDataset dataset)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(dataset.Alias, out var entry))
            {
                engine.AttachReadOnly(dataset.Snapshot.DataFile, dataset.Alias);
                entry = new Entry();
                _entries.Add(dataset.Alias, entry);
            }

            entry.Readers++;
        }
    }

    /// <summary>Gives up what <see cref="Acquire"/> took.</summary>
    public void Release(ServedDataset dataset)
    {
        lock (_gate)
        {
            var entry = _entries[dataset.Alias];
            entry.Readers--;
            entry.LastUsed = clock.GetTimestamp();
        }
    }

    /// <summary>True when DuckDB opens the version's file and finds as many rows as the manifest says.</summary>
    public bool OpensWhole(ServedDataset dataset)
    {
        try
        {
            Acquire(dataset);
        }
        catch (OpenDataException)
        {
            return false;
        }

        try
        {
            var count = new SqlBuilder().Append("SELECT count(*) FROM ").Name(dataset.Alias).Append(".main.data").ToSql();
            using var connection = engine.Connect();
            return connection.ReadInt64(count, CancellationToken.None) == dataset.Manifest.Rows;
        }
        catch (OpenDataException)
        {
            return false;
        }
        finally
        {
            Release(dataset);
        }
    }

    /// <summary>Detaches versions that are not in the state served now and have not been read for a minute.</summary>
    public void Sweep(ServedCatalog current)
    {
        var keep = current.Datasets.Select(d => d.Alias).ToHashSet(StringComparer.Ordinal);
        lock (_gate)
        {
            var gone = _entries
                .Where(e => e.Value.Readers == 0 && !keep.Contains(e.Key) && clock.GetElapsedTime(e.Value.LastUsed) > Idle)
                .Select(e => e.Key)
                .ToList();
            foreach (var alias in gone)
            {
                engine.Detach(alias);
                _entries.Remove(alias);
            }
        }
    }

    private sealed class Entry
    {
        public int Readers { get; set; }

        public long LastUsed { get; set; }
    }
}
