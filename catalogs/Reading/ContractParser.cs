using System.Text.RegularExpressions;
using OpenData.Catalogs.Errors;

namespace OpenData.Catalogs.Reading;

/// <summary>One dataset file → a contract, with every problem that the file alone shows.</summary>
internal sealed partial class ContractParser
{
    private const int TitleCharactersMax = 200;
    private const int SummaryCharactersMax = 2000;

    private readonly string _text;
    private readonly ProblemList _problems;
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    private List<ColumnContract> _columns = [];
    private HashSet<string> _columnNames = new(StringComparer.Ordinal);

    private ContractParser(string text, ProblemList problems)
    {
        _text = text;
        _problems = problems;
    }

    /// <summary>Reads a contract.</summary>
    /// <param name="text">The YAML, without byte order mark.</param>
    /// <param name="problems">Names the file and takes the problems.</param>
    public static ParsedContract Parse(string text, ProblemList problems) => new ContractParser(text, problems).Parse();

    private ParsedContract Parse()
    {
        var fallbackId = Path.GetFileNameWithoutExtension(_problems.File);
        _problems.Dataset = fallbackId;
        if (YamlTree.Parse(_text, _problems) is not { } map)
        {
            return new ParsedContract(fallbackId, null, null, _lines, _problems);
        }

        var root = new Fields(map, "dataset", "the contract", _problems);
        var id = Id(root);
        _problems.Dataset = id ?? fallbackId;
        RefuseStrayPlaceholders(map);
        foreach (var field in ContractShapes.All["dataset"])
        {
            _lines[field.Name] = root.LineOf(field.Name);
        }

        // Columns first: all else names them.
        ReadColumns(root);
        var contract = Read(root, id ?? fallbackId);
        return new ParsedContract(id ?? fallbackId, _problems.IsEmpty ? contract : null, contract, _lines, _problems);
    }

    private DatasetContract Read(Fields root, string id)
    {
        var keywords = root.Map("keywords", "keywords");
        var source = ReadSource(root);
        var load = root.Word("load", ContractWords.LoadModes);
        var key = ReadKey(root);
        MakeKeyRequired(key);
        var zone = root.Zone("time_zone") ?? ContractShapes.Default("dataset", "time_zone");
        var contract = new DatasetContract(
            id,
            root.Local("title", TitleCharactersMax) ?? Nothing,
            root.Local("summary", SummaryCharactersMax) ?? Nothing,
            _columns,
            key,
            source)
        {
            Publisher = Reference(root, "publisher"),
            Theme = Reference(root, "theme"),
            License = Reference(root, "license"),
            Access = root.Word("access", ContractWords.AccessWords),
            Load = load,
            Deletions = ReadDeletions(root),
            Refresh = ReadRefresh(root),
            Order = ReadOrder(root, key),
            Expectations = ReadExpectations(root),
            Relations = ReadRelations(root),
            Drift = ReadDrift(root),
            Suppress = ReadSuppress(root, key),
            Approval = ReadApproval(root, zone),
            Keep = ReadKeep(root),
            Distributions = root.Words("distributions", ContractWords.Distributions, ContractWords.Distributions),
            KeywordsVi = keywords?.Texts("vi") ?? [],
            KeywordsEn = keywords?.Texts("en") ?? [],
            LegalBasis = ReadLegalBasis(root),
            Contact = ReadContact(root),
            Coverage = ReadCoverage(root),
            Synthetic = root.Flag("synthetic") ?? false,
            TimeZone = zone,
            File = _problems.File,
            Yaml = _text,
        };
        if (_problems.IsEmpty)
        {
            // Fields that are wrong by themselves contradict nothing.
            CheckWhole(root, contract);
        }

        return contract;
    }

    private static LocalText Nothing { get; } = new("", "");

    private static string? Id(Fields root)
    {
        var id = root.Text("dataset");
        if (id is null || NamePattern().IsMatch(id))
        {
            return id;
        }

        root.Bad("dataset", $"`{YamlTree.Shown(id)}` is no dataset name; write 1 to 63 of a-z, 0-9 and _, a letter first");
        return null;
    }

    private static string Reference(Fields root, string field)
    {
        var id = root.Text(field);
        if (id is not null && !NamePattern().IsMatch(id))
        {
            root.Bad(field, $"`{field}` is `{YamlTree.Shown(id)}`; write the id of an entry of {field}s.yaml (a-z, 0-9 and _)");
            return "";
        }

        return id ?? "";
    }

    /// <summary>Placeholders may stand where configuration belongs, and nowhere else.</summary>
    private void RefuseStrayPlaceholders(YamlValue.Map root)
    {
        foreach (var entry in root.Entries)
        {
            Walk(entry.Value, inSource: entry.Key == "source", configured: false);
        }

        void Walk(YamlValue value, bool inSource, bool configured)
        {
            switch (value)
            {
                case YamlValue.Map map:
                    foreach (var entry in map.Entries)
                    {
                        Walk(entry.Value, inSource, configured || (inSource && entry.Key is "url" or "path" or "auth" or "connection"));
                    }

                    break;
                case YamlValue.List list:
                    foreach (var item in list.Items)
                    {
                        Walk(item, inSource, configured);
                    }

                    break;
                case YamlValue.Scalar scalar when !configured && AnyPlaceholder().IsMatch(scalar.Text):
                    _problems.Add(
                        CatalogErrors.SecretOrPlaceholder,
                        scalar.Line,
                        "a placeholder ${NAME} stands here; placeholders are filled in `source.url`, `source.path`, `source.auth` and `source.connection` only");
                    break;
            }
        }
    }

    /// <summary>What several fields must keep together.</summary>
    private static void CheckWhole(Fields root, DatasetContract contract)
    {
        if (contract.Source.Kind == "sql" && contract.Load != LoadMode.Replace)
        {
            root.Report(CatalogErrors.Contradiction, "load", "a derived dataset is the whole truth of its parents; write load: replace");
        }

        if (contract.Source.Incremental is not null && contract.Load == LoadMode.Replace)
        {
            root.Report(
                CatalogErrors.Contradiction, "load", "load: replace with an incremental source would drop every row that did not change; write load: merge");
        }

        if (contract.Load == LoadMode.Merge && contract.HasRowKey)
        {
            root.Report(CatalogErrors.Contradiction, "key", "load: merge needs a key of columns; `key: row` changes with the row");
        }

        if (contract.Deletions is { } deletions)
        {
            CheckDeletions(root, contract, deletions);
        }

        if (contract.Synthetic && !contract.Summary.En.Contains("synthetic", StringComparison.OrdinalIgnoreCase))
        {
            root.Report(CatalogErrors.Contradiction, "summary", "the dataset is synthetic and its English summary does not say so; add the word \"synthetic\"");
        }
    }

    private static void CheckDeletions(Fields root, DatasetContract contract, DeletionMark deletions)
    {
        if (contract.Load != LoadMode.Merge)
        {
            root.Report(CatalogErrors.Contradiction, "deletions", "only load: merge knows records that delete their key; remove `deletions` or write load: merge");
        }

        if (contract.Columns.FirstOrDefault(c => string.Equals(c.SourceName, deletions.From, StringComparison.Ordinal)) is { } column)
        {
            root.Report(
                CatalogErrors.Contradiction,
                "deletions",
                $"`{deletions.From}` is the source of column `{column.Name}` too; a marked record is never published, so that the column would say nothing: remove it");
        }
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,62}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    internal static partial Regex NamePattern();

    [GeneratedRegex(@"\$\{[A-Za-z_]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AnyPlaceholder();
}
