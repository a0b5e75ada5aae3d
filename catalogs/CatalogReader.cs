using OpenData.Catalogs.Errors;
using OpenData.Catalogs.Reading;

namespace OpenData.Catalogs;

/// <summary>
/// YAML files → catalogue. Every problem is reported with file, line and a sentence, and none is thrown: a bad contract stops
/// its own dataset and those that depend on it, and nothing else.
/// </summary>
public static class CatalogReader
{
    /// <summary>
    /// Reads publishers.yaml, themes.yaml, licenses.yaml, holidays.yaml (where there is one) and datasets/*.yaml of a catalogue
    /// folder and checks them against each other.
    /// </summary>
    /// <param name="folder">The catalogue's folder, for example <c>catalogs/thai-nguyen</c>.</param>
    public static CatalogReading Read(string folder) => Read(folder, null);

    /// <summary>Reads a catalogue folder as it would be with another text of one contract; nothing is written.</summary>
    /// <param name="folder">The catalogue's folder.</param>
    /// <param name="dataset">The dataset whose contract is another.</param>
    /// <param name="yaml">Its text.</param>
    public static CatalogReading ReadWith(string folder, string dataset, string yaml) => Read(folder, (dataset, yaml));

    private static CatalogReading Read(string folder, (string Dataset, string Yaml)? other)
    {
        var files = new List<ProblemList>();
        var publishers = ReadRegister(folder, "publishers.yaml", RegisterParser.Publishers, files);
        var themes = ReadRegister(folder, "themes.yaml", RegisterParser.Themes, files);
        var licenses = ReadRegister(folder, "licenses.yaml", RegisterParser.Licenses, files);
        var workingDays = ReadWorkingDays(folder, files);
        var parsed = ReadContracts(folder, other, files);
        RequireWorkingDays(workingDays, parsed);
        var good = new CatalogRules(folder, publishers, themes, licenses).Check(parsed);
        return new CatalogReading(
            new Catalog(good, publishers.Entries, themes.Entries, licenses.Entries) { WorkingDays = workingDays ?? WorkingCalendar.Empty },
            [.. files.SelectMany(f => f.Problems)]);
    }

    /// <summary>Reads one contract without the rest of the catalogue, for example the contract.yaml of a published version.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="fileName">The file's name for problems.</param>
    public static ContractReading ReadContract(string yaml, string fileName)
    {
        var problems = new ProblemList(fileName);
        var parsed = ContractParser.Parse(yaml.StartsWith('\uFEFF') ? yaml[1..] : yaml, problems);
        return new ContractReading(parsed.Contract, problems.Problems);
    }

    private static Register<T> ReadRegister<T>(
        string folder, string name, Func<string, ProblemList, Register<T>> parse, List<ProblemList> files)
    {
        var problems = new ProblemList(name);
        files.Add(problems);
        return CatalogFile.ReadText(Path.Combine(folder, name), problems) is { } text
            ? parse(text, problems)
            : new Register<T>([], new HashSet<string>(StringComparer.Ordinal), IsReadable: false);
    }

    /// <summary>holidays.yaml; null when the catalogue has none, which is a mistake only where a contract counts working days.</summary>
    private static WorkingCalendar? ReadWorkingDays(string folder, List<ProblemList> files)
    {
        var path = Path.Combine(folder, "holidays.yaml");
        if (!File.Exists(path))
        {
            return null;
        }

        var problems = new ProblemList("holidays.yaml");
        files.Add(problems);
        return CatalogFile.ReadText(path, problems) is { } text ? HolidaysParser.Read(text, problems) : WorkingCalendar.Empty;
    }

    private static void RequireWorkingDays(WorkingCalendar? workingDays, List<ParsedContract> parsed)
    {
        foreach (var file in workingDays is null ? parsed.Where(p => p.Draft?.Refresh.DueWithinWorkingDays is not null) : [])
        {
            file.Problems.Add(
                CatalogErrors.NoHolidays, file.LineOf("refresh"), "`due_within_working_days` needs the catalogue's holidays.yaml, and there is none");
        }
    }

    private static List<ParsedContract> ReadContracts(string folder, (string Dataset, string Yaml)? other, List<ProblemList> files)
    {
        var datasets = Path.Combine(folder, "datasets");
        if (!Directory.Exists(datasets))
        {
            var problems = new ProblemList("datasets");
            problems.Add(CatalogErrors.Unreadable, 0, "the catalogue has no folder datasets; make it and put one YAML file per dataset there");
            files.Add(problems);
            return [];
        }

        var found = Directory.EnumerateFiles(datasets).Where(f => Path.GetExtension(f) is ".yaml" or ".yml").Order(StringComparer.Ordinal)
            .Select(path => (Path: path, Problems: new ProblemList($"datasets/{Path.GetFileName(path)}")))
            .ToList();
        files.AddRange(found.Select(f => f.Problems));
        foreach (var (path, problems) in found.Where(f => Path.GetExtension(f.Path) == ".yml"))
        {
            problems.Dataset = Path.GetFileNameWithoutExtension(path);
            problems.Add(CatalogErrors.FileName, 0, "contracts end in .yaml; rename the file");
        }

        // No contract knows of another yet.
        return [.. found.Where(f => Path.GetExtension(f.Path) == ".yaml").AsParallel().AsOrdered().Select(f => ReadContract(f.Path, other, f.Problems))];
    }

    private static ParsedContract ReadContract(string path, (string Dataset, string Yaml)? other, ProblemList problems)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        problems.Dataset = name;
        return (other?.Dataset == name ? other?.Yaml : CatalogFile.ReadText(path, problems)) is { } text
            ? ContractParser.Parse(text, problems)
            : new ParsedContract(name, null, null, new Dictionary<string, int>(StringComparer.Ordinal), problems);
    }
}
