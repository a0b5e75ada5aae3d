using System.Text.Json;

namespace OpenData.TestKit;

/// <summary>One case of a grammar.</summary>
/// <param name="Rule">The rule that the text is read by.</param>
/// <param name="Input">The text as it stands in an address, percent escapes included.</param>
/// <param name="FailAt">Where reading must fail, counted in <paramref name="Input"/>; null when it must parse.</param>
/// <param name="IsUnsupported">True when the text is right and must be answered with 501.</param>
public sealed record GrammarCase(string Rule, string Input, int? FailAt, bool IsUnsupported)
{
    /// <summary>What tables of exceptions know it by.</summary>
    public string Id => $"{Rule}: {Input}";

    /// <summary>The cases of a file in the repository, one JSON object a line: Rule, Input, FailAt, and in our own files Status.</summary>
    public static IReadOnlyList<GrammarCase> Read(string file)
        => [.. File.ReadLines(Repository.File(file)).Where(l => l.Length > 0).Select(Of)];

    private static GrammarCase Of(string line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        return new GrammarCase(
            root.GetProperty(nameof(Rule)).GetString()!,
            root.GetProperty(nameof(Input)).GetString()!,
            root.TryGetProperty(nameof(FailAt), out var at) ? at.GetInt32() : null,
            root.TryGetProperty("Status", out var status) && status.GetInt32() == 501);
    }
}
