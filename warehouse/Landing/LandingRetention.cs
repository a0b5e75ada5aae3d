namespace OpenData.Warehouse.Landing;

/// <summary>Which landed bytes may go; pure, the worker does the removing.</summary>
public static class LandingRetention
{
    /// <summary>Bytes stay at least this long, whatever the contract says: a run may be reading them.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(24);

    /// <summary>
    /// Files older than the rule of every dataset that landed them, and not needed to make a current version again. A file that no record
    /// names (its run died, or its ledger is lost) goes by the longest rule there is.
    /// </summary>
    /// <param name="files">What lies in landing.</param>
    /// <param name="uses">By hash: who landed it.</param>
    /// <param name="rules">By dataset of the catalogue: how long its source bytes are kept.</param>
    /// <param name="needed">Runs whose bytes must stay: those that published a current version, and those at work.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<string> Expired(
        IReadOnlyCollection<LandingFile> files,
        ILookup<string, LandingUse> uses,
        IReadOnlyDictionary<string, TimeSpan> rules,
        IReadOnlySet<string> needed,
        DateTimeOffset now)
    {
        var longest = rules.Values.Append(Grace).Max();
        return [.. files.Where(f => IsExpired(f)).Select(f => f.Sha256)];

        bool IsExpired(LandingFile file)
        {
            var users = uses[file.Sha256].ToList();
            var rule = users.Count == 0 ? longest : users.Max(u => rules.GetValueOrDefault(u.Dataset, longest));
            return now - file.LandedAt > (rule > Grace ? rule : Grace) && !users.Exists(u => needed.Contains(u.RunId));
        }
    }
}
