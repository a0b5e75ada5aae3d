namespace OpenData.Catalogs;

/// <summary>What a dataset is and promises: one YAML file.</summary>
/// <param name="Id">Stable name, safe in URL, file and table names: <c>[a-z][a-z0-9_]*</c>, 63 characters at most.</param>
/// <param name="Title">Title.</param>
/// <param name="Summary">One or two sentences: what a row is, and whether the data is synthetic.</param>
/// <param name="Columns">Columns in order, personal ones included.</param>
/// <param name="Key">Public key columns; the single word <c>row</c> stands for a content-hash key.</param>
/// <param name="Source">Where the data comes from.</param>
public sealed record DatasetContract(
    string Id,
    LocalText Title,
    LocalText Summary,
    IReadOnlyList<ColumnContract> Columns,
    IReadOnlyList<string> Key,
    SourceBinding Source)
{
    /// <summary>Id of the publisher in publishers.yaml.</summary>
    public required string Publisher { get; init; }

    /// <summary>Id of the theme in themes.yaml.</summary>
    public required string Theme { get; init; }

    /// <summary>Id of the licence in licenses.yaml.</summary>
    public required string License { get; init; }

    /// <summary>Who may see it.</summary>
    public Access Access { get; init; } = Access.Open;

    /// <summary>How runs join.</summary>
    public LoadMode Load { get; init; } = LoadMode.Replace;

    /// <summary>How records say that their key is gone at the source (merge); null when none does.</summary>
    public DeletionMark? Deletions { get; init; }

    /// <summary>When it is read.</summary>
    public RefreshPolicy Refresh { get; init; } = new(null, "Asia/Ho_Chi_Minh", null, "run_once");

    /// <summary>Physical order of the published rows, and page order without $orderby.</summary>
    public IReadOnlyList<string> Order { get; init; } = [];

    /// <summary>Rules beyond the columns' own.</summary>
    public IReadOnlyList<Expectation> Expectations { get; init; } = [];

    /// <summary>Links to other datasets, by relation name.</summary>
    public IReadOnlyList<RelationContract> Relations { get; init; } = [];

    /// <summary>What happens when the source's columns change.</summary>
    public DriftPolicy Drift { get; init; } = new("propose", "block", "quarantine");

    /// <summary>Disclosure rule of aggregates of people; null when none.</summary>
    public SuppressionRule? Suppress { get; init; }

    /// <summary>Who lets a version out; null when each is published by its run.</summary>
    public ApprovalPolicy? Approval { get; init; }

    /// <summary>What is kept and how long.</summary>
    public KeepPolicy Keep { get; init; } = new(24, null, TimeSpan.FromDays(30));

    /// <summary>Formats of the whole table that are offered; one that needs a geometry column is left out where there is none.</summary>
    public IReadOnlyList<string> Distributions { get; init; } = Reading.ContractWords.Distributions;

    /// <summary>Keywords in Vietnamese and English.</summary>
    public IReadOnlyList<string> KeywordsVi { get; init; } = [];

    /// <summary>Keywords in English.</summary>
    public IReadOnlyList<string> KeywordsEn { get; init; } = [];

    /// <summary>Legal acts with the day from which they are the ground.</summary>
    public IReadOnlyList<LegalBasis> LegalBasis { get; init; } = [];

    /// <summary>Who answers questions; null when the publisher's own contact.</summary>
    public Contact? Contact { get; init; }

    /// <summary>Area and period covered.</summary>
    public Coverage? Coverage { get; init; }

    /// <summary>True when the values are made up to show the platform at work.</summary>
    public bool Synthetic { get; init; }

    /// <summary>Zone in which timestamps are shown and dates are cut.</summary>
    public string TimeZone { get; init; } = "Asia/Ho_Chi_Minh";

    /// <summary>File that the contract was read from, relative to the catalogue folder, with forward slashes.</summary>
    public string File { get; init; } = "";

    /// <summary>The YAML that the contract was read from, as written (without a byte order mark); a version keeps it as contract.yaml.</summary>
    public string Yaml { get; init; } = "";

    /// <summary>The columns that are stored and published: all but the personal ones.</summary>
    public IReadOnlyList<ColumnContract> PublicColumns => [.. Columns.Where(c => !c.Personal)];

    /// <summary>The public column of that name (ordinal), or null: a personal column is unknown.</summary>
    public ColumnContract? Column(string name)
        => Columns.FirstOrDefault(c => !c.Personal && string.Equals(c.Name, name, StringComparison.Ordinal));

    /// <summary>The public column that says which of two records of a key is later: the incremental one, else <c>updated_at</c>; null when there is none.</summary>
    public string? ChangeTime => Column(Source.Incremental?.Column ?? "updated_at")?.Name;

    /// <summary>True when the key is made from the row's content.</summary>
    public bool HasRowKey => Key is ["row"];
}
