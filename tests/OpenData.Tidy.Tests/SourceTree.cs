using System.Text.RegularExpressions;
using OpenData.TestKit;

namespace OpenData.Tidy.Tests;

/// <summary>The files of the checkout that people write: no build output, no restored packages, no data.</summary>
internal static partial class SourceTree
{
    private static readonly string[] LeftOut = ["artifacts", "node_modules", ".git", "bin", "obj", "TestResults"];

    public static IReadOnlyList<string> Files { get; } = [.. Walk(Repository.Root).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> Below(string folder, string extension)
        => Files.Where(f => f.StartsWith(folder, StringComparison.Ordinal) && f.EndsWith(extension, StringComparison.Ordinal));

    public static string Text(string relative) => File.ReadAllText(Repository.File(relative));

    /// <summary>C# text without comments and strings, so that rules judge code and not prose.</summary>
    public static string Code(string relative) => CommentOrString().Replace(Text(relative), " ");

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            yield return Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');
        }

        foreach (var below in Directory.EnumerateDirectories(folder))
        {
            var name = Path.GetFileName(below);
            var isDataFolder = name == "data" && folder == Repository.Root;
            if (!isDataFolder && !LeftOut.Contains(name, StringComparer.Ordinal))
            {
                foreach (var file in Walk(below))
                {
                    yield return file;
                }
            }
        }
    }

    [GeneratedRegex("""//[^\n]*|/\*.*?\*/|["]{3,}.*?["]{3,}|@?"(?:[^"\\\n]|\\.)*"|'(?:[^'\\]|\\.)+'""", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex CommentOrString();
}
