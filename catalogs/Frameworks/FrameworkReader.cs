using OpenData.Catalogs.Errors;
using OpenData.Catalogs.Reading;

namespace OpenData.Catalogs.Frameworks;

/// <summary>frameworks/*.yaml of a catalogue → frameworks. A bad one stops itself; the others stay.</summary>
public static class FrameworkReader
{
    /// <summary>Reads the frameworks of a catalogue folder; a catalogue without such a folder has none.</summary>
    /// <param name="folder">The catalogue's folder, for example <c>catalogs/thai-nguyen</c>.</param>
    /// <param name="catalog">Its contracts, which automatic inputs name.</param>
    public static FrameworkReading Read(string folder, Catalog catalog)
    {
        var frameworks = Path.Combine(folder, "frameworks");
        if (!Directory.Exists(frameworks))
        {
            return new FrameworkReading([], []);
        }

        var good = new List<Framework>();
        var all = new List<CatalogProblem>();
        foreach (var path in Directory.EnumerateFiles(frameworks).Order(StringComparer.Ordinal))
        {
            var problems = new ProblemList($"frameworks/{Path.GetFileName(path)}");
            if (Path.GetExtension(path) != ".yaml")
            {
                problems.Add(CatalogErrors.FileName, 0, "frameworks end in .yaml; rename the file or move it elsewhere");
            }
            else if (CatalogFile.ReadText(path, problems) is { } text && FrameworkParser.Parse(text, problems) is { } framework)
            {
                FrameworkRules.CheckAutomatic(framework, catalog, problems);
                if (problems.IsEmpty)
                {
                    good.Add(framework with { Yaml = text });
                }
            }

            all.AddRange(problems.Problems);
        }

        return new FrameworkReading(good, all);
    }

    /// <summary>Reads one framework without the rest of the catalogue.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="fileName">The file's name for problems; the framework's id less <c>.yaml</c>.</param>
    public static FrameworkReading ReadOne(string yaml, string fileName)
    {
        var problems = new ProblemList(fileName);
        var text = yaml.StartsWith('\uFEFF') ? yaml[1..] : yaml;
        var framework = FrameworkParser.Parse(text, problems);
        return new FrameworkReading(framework is not null && problems.IsEmpty ? [framework with { Yaml = text }] : [], problems.Problems);
    }
}
