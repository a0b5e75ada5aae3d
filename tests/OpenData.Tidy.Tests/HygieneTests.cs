using System.Text;
using System.Text.RegularExpressions;

namespace OpenData.Tidy.Tests;

public sealed partial class HygieneTests
{
    private static readonly string[] TextEndings =
        [".cs", ".csproj", ".props", ".targets", ".json", ".md", ".yaml", ".yml", ".css", ".cshtml", ".razor", ".csv", ".geojson", ".sql", ".sh", ".txt", ".xml", ".sln", ".html", ".js", ".ttl"];

    private static readonly string[] BinaryEndings = [".so", ".dll", ".dylib", ".exe", ".duckdb", ".woff", ".woff2", ".nupkg", ".zip", ".gz", ".db"];

    [Fact]
    public void No_binary_is_in_the_tree()
        => Assert.Empty(SourceTree.Files.Where(f => BinaryEndings.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase)));

    [Fact]
    public void No_file_names_a_path_of_somebodys_machine_or_a_package_registry()
    {
        var offences =
            from file in SourceTree.Files
            where TextEndings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase) || file is "dev" or ".ci/run"
            where !file.EndsWith("HygieneTests.cs", StringComparison.Ordinal)
            from match in MachineOrRegistry().Matches(SourceTree.Text(file))
            select $"{file}: {match.Value}";

        Assert.Empty(offences);
    }

    [Fact]
    public void Text_files_are_UTF_8_without_byte_order_mark_and_end_in_a_line_feed()
    {
        var offences = new List<string>();
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        foreach (var file in SourceTree.Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".md", StringComparison.Ordinal)
            || f.EndsWith(".yaml", StringComparison.Ordinal) || f.EndsWith(".css", StringComparison.Ordinal)))
        {
            var bytes = File.ReadAllBytes(TestKit.Repository.File(file));
            try
            {
                strict.GetCharCount(bytes);
            }
            catch (DecoderFallbackException)
            {
                offences.Add($"{file}: not UTF-8");
            }

            if (bytes is [0xEF, 0xBB, 0xBF, ..])
            {
                offences.Add($"{file}: byte order mark");
            }

            if (bytes.Length > 0 && (bytes[^1] != '\n' || bytes.Contains((byte)'\r')))
            {
                offences.Add($"{file}: line ends");
            }
        }

        Assert.Empty(offences);
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9.~_/-])/(work|root|home)/[A-Za-z0-9_.-]+|nuget\.org/|registry\.npmjs|npmjs\.org|deb\.debian\.org")]
    private static partial Regex MachineOrRegistry();
}
