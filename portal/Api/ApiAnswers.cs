using OpenData.Catalogs;
using OpenData.Portal.Downloads;
using OpenData.Portal.Pages;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;

namespace OpenData.Portal.Api;

/// <summary>Pure: what is served → what the API says. Nothing personal, no path, no address of a source passes through here.</summary>
internal static class ApiAnswers
{
    public static DatasetSummary Summary(ServedDataset dataset, RunFacts facts, DateTimeOffset now) => new()
    {
        Id = dataset.Id,
        Title = dataset.Contract.Title,
        Summary = dataset.Contract.Summary,
        Publisher = dataset.Contract.Publisher,
        Theme = dataset.Contract.Theme,
        Version = dataset.Version,
        Rows = dataset.Manifest.Rows,
        PublishedAt = dataset.Manifest.PublishedAt,
        Freshness = Word(facts.FreshnessOf(dataset, now).State),
        Synthetic = dataset.Contract.Synthetic,
    };

    public static DatasetDetail Detail(ServedDataset dataset, Catalog catalog, RunFacts facts, DateTimeOffset now, string root)
    {
        var contract = dataset.Contract;
        return new DatasetDetail
        {
            Id = dataset.Id,
            Title = contract.Title,
            Summary = contract.Summary,
            Publisher = new NamedItem { Id = contract.Publisher, Name = catalog.Publisher(contract.Publisher)?.Name ?? Unnamed(contract.Publisher) },
            Theme = new NamedItem { Id = contract.Theme, Name = catalog.Theme(contract.Theme)?.Name ?? Unnamed(contract.Theme) },
            License = License(contract.License, catalog),
            Version = dataset.Version,
            Rows = dataset.Manifest.Rows,
            PublishedAt = dataset.Manifest.PublishedAt,
            ExtractedAt = dataset.Manifest.ExtractedAt,
            NextReadingAt = facts.NextSlot(dataset.Id),
            Freshness = Freshness(facts.FreshnessOf(dataset, now)),
            Synthetic = contract.Synthetic,
            Key = contract.Key,
            Columns = [.. contract.PublicColumns.Select(c => Column(c, dataset))],
            Downloads = Downloads(dataset, root),
            ODataUrl = $"{root}/odata/{dataset.Id}",
            PageUrl = $"{root}/datasets/{dataset.Id}",
        };
    }

    public static VersionSummary Version(ListedVersion listed, ServedDataset current)
    {
        var manifest = listed.Snapshot.Manifest;
        return new VersionSummary
        {
            Version = manifest.Version,
            PublishedAt = manifest.PublishedAt,
            Rows = manifest.Rows,
            ContentHash = manifest.ContentHash,
            Current = manifest.Version == current.Version,
            PreviousVersion = manifest.PreviousVersion,
            RowsAdded = manifest.Counts.RowsAdded,
            RowsChanged = manifest.Counts.RowsChanged,
            RowsRemoved = manifest.Counts.RowsRemoved,
            Reason = manifest.Reason,
            KeptUntil = listed.Stay?.Until,
            KeptBecause = Word(listed.Stay),
            VersionsLeft = listed.Stay?.VersionsLeft,
            PinReason = listed.Stay?.PinReason,
            CollectedAt = listed.Snapshot.CollectedAt,
        };
    }

    public static VersionDetail VersionDetail(
        ListedVersion listed, IReadOnlyList<ListedVersion> versions, ServedDataset current, ServedCatalog served, string root)
    {
        var manifest = listed.Snapshot.Manifest;
        var parents = manifest.Parents.Where(p => served.Find(p.Dataset) is not null).ToList();
        return new VersionDetail
        {
            Dataset = manifest.Dataset,
            Version = manifest.Version,
            PublishedAt = manifest.PublishedAt,
            ExtractedAt = manifest.ExtractedAt,
            Rows = manifest.Rows,
            ContentHash = manifest.ContentHash,
            PreviousVersion = manifest.PreviousVersion,
            RunId = manifest.RunId,
            Counts = Counts(manifest.Counts),
            Downloads = listed.Stay is null ? [] : Downloads(current with { Snapshot = listed.Snapshot }, root),
            Parents = [.. parents.Select(p => new ParentDetail { Dataset = p.Dataset, Version = p.Version })],
            HiddenParents = manifest.Parents.Count - parents.Count,
            RowsAdded = manifest.Counts.RowsAdded,
            RowsChanged = manifest.Counts.RowsChanged,
            RowsRemoved = manifest.Counts.RowsRemoved,
            Reason = manifest.Reason,
            KeptUntil = listed.Stay?.Until,
            KeptBecause = Word(listed.Stay),
            VersionsLeft = listed.Stay?.VersionsLeft,
            PinReason = listed.Stay?.PinReason,
            ChangesUrl = Before(listed, versions) is { } before
                ? $"{root}/datasets/{manifest.Dataset}/changes.json?from={before.Snapshot.Version}&to={manifest.Version}"
                : null,
            CollectedAt = listed.Snapshot.CollectedAt,
        };
    }

    /// <summary>The version before, when both can still be read.</summary>
    public static ListedVersion? Before(ListedVersion listed, IReadOnlyList<ListedVersion> versions)
        => listed.Stay is null ? null : versions.FirstOrDefault(v => v.Stay is not null && v.Snapshot.Version == listed.Snapshot.Manifest.PreviousVersion);

    public static QualityDetail Quality(ServedDataset dataset, RunFacts facts, Explanation explanation, DateTimeOffset now) => new()
    {
        Dataset = dataset.Id,
        Version = dataset.Version,
        Freshness = Freshness(facts.FreshnessOf(dataset, now)),
        Explanation = [.. explanation.Sentences],
        Counts = Counts(dataset.Manifest.Counts),
        Quarantine = [.. DatasetFacts.PublicQuarantine(dataset.Contract, dataset.Manifest.Quarantine).Select(Refusal)],
        Checks = [.. dataset.Manifest.Expectations.Select(e => new CheckResult
        {
            Rule = e.Name,
            Checked = e.Checked,
            Failed = e.Failed,
            OnFail = e.OnFail,
            Outcome = e.Outcome,
        })],
        RefusedVersion = dataset.RefusedVersion,
        LatestRun = facts.Latest.GetValueOrDefault(dataset.Id) is { } run ? Run(run) : null,
    };

    public static RunSummary Run(RunRecord run) => new()
    {
        Id = run.Id,
        Dataset = run.Dataset,
        Trigger = run.Trigger,
        Status = Word(run.Status),
        StartedAt = run.StartedAt,
        FinishedAt = run.FinishedAt,
        Version = run.Version,
        Rows = run.Rows,
        Counts = run.Counts is { } counts ? Counts(counts) : null,

        // The sentence of the cause may name a header or an address of the source; the code says enough in public.
        CauseCode = run.CauseCode,
    };

    public static RunStep Step(StepRecord step) => new()
    {
        Name = step.Name,
        StartedAt = step.StartedAt,
        Seconds = Math.Round(step.Duration.TotalSeconds, 3),
        Records = step.Records,
        Bytes = step.Bytes,
    };

    public static RefusalCount Refusal(QuarantineCount count) => new() { Rule = count.Rule, Column = count.Column, Rows = count.Rows };

    private static ColumnDetail Column(ColumnContract column, ServedDataset dataset) => new()
    {
        Name = column.Name,
        Type = column.Type.ToString(),
        Title = column.Title,
        Description = column.Description,
        Required = column.Required,
        Key = dataset.Contract.Key.Contains(column.Name, StringComparer.Ordinal),
        Unit = column.Unit,
        OneOf = column.OneOf,
        Facts = dataset.Manifest.Profiles.FirstOrDefault(p => p.Column == column.Name) is { } profile
            ? new ColumnFacts
            {
                Nulls = profile.Nulls,
                Distinct = profile.Distinct,
                Min = profile.Min,
                Max = profile.Max,
                Top = [.. profile.Top.Select(t => new FrequentValue { Value = t.Value, Rows = t.Rows })],
            }
            : null,
    };

    private static List<DownloadLink> Downloads(ServedDataset dataset, string root) =>
    [
        .. DownloadForm.Offered(dataset.Contract).Select(form => new DownloadLink
        {
            Format = form.Word,
            MediaType = form.MediaType.Split(';')[0],
            Url = $"{root}/datasets/{dataset.Id}.{form.Address}",
            VersionUrl = $"{root}/datasets/{dataset.Id}/versions/{dataset.Version}.{form.Address}",
            Bytes = form.Known(dataset.Manifest)?.Bytes,
            Sha256 = form.Known(dataset.Manifest)?.Sha256,
        }),
    ];

    private static LicenseDetail License(string id, Catalog catalog) => catalog.License(id) is { } license
        ? new LicenseDetail { Id = id, Name = license.Name, Text = license.Text, Url = license.Url, Attribution = license.Attribution }
        : new LicenseDetail { Id = id, Name = Unnamed(id), Text = Unnamed(id), Attribution = Unnamed("{publisher}, {title}, {version}") };

    private static LocalText Unnamed(string id) => new(id, id);

    private static FreshnessDetail Freshness(FreshnessVerdict verdict) => new()
    {
        State = Word(verdict.State),
        Cause = verdict.Cause is { } cause ? Word(cause) : null,
        LateFrom = verdict.LateFrom,
    };

    private static CountsDetail Counts(RunCounts counts) => new()
    {
        Received = counts.Received,
        Inserted = counts.Inserted,
        Updated = counts.Updated,
        Unchanged = counts.Unchanged,
        Deleted = counts.Deleted,
        Superseded = counts.Superseded,
        Duplicates = counts.Duplicates,
        Quarantined = counts.Quarantined,
        Removed = counts.Removed,
    };

    private static string Word(VersionStay? stay) => stay is null ? "collected" : Word(stay.Because);

    /// <summary><c>WaitingForParent</c> → <c>waiting_for_parent</c>.</summary>
    private static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum
        => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
