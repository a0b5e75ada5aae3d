using OpenData.Catalogs.Errors;

namespace OpenData.Catalogs.Reading;

/// <summary>Collects the problems of one file; reading goes on after each.</summary>
internal sealed class ProblemList(string file)
{
    // A file of nothing but mistakes must not fill the memory or the screen.
    private const int ProblemsMax = 200;

    private readonly List<(ErrorCode Code, int Line, string Sentence)> _problems = [];

    /// <summary>File, relative to the catalogue folder.</summary>
    public string File { get; } = file;

    /// <summary>The dataset that stops because of the problems; null when the file belongs to none.</summary>
    public string? Dataset { get; set; }

    /// <summary>True while nothing is wrong.</summary>
    public bool IsEmpty => _problems.Count == 0;

    /// <summary>Adds a problem.</summary>
    public void Add(ErrorCode code, int line, string sentence)
    {
        if (_problems.Count < ProblemsMax)
        {
            _problems.Add((code, line, sentence));
        }
    }

    /// <summary>Adds the problems of a part of the same file.</summary>
    public void AddAll(ProblemList part)
    {
        foreach (var (code, line, sentence) in part._problems)
        {
            Add(code, line, sentence);
        }
    }

    /// <summary>All problems by line.</summary>
    public IReadOnlyList<CatalogProblem> Problems
        => [.. _problems.OrderBy(p => p.Line).Select(p => new CatalogProblem(p.Code.Code, File, p.Line, p.Sentence, Dataset))];
}
