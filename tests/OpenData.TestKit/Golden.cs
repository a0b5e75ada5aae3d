using System.Runtime.CompilerServices;

namespace OpenData.TestKit;

/// <summary>
/// Compares text with a checked-in <c>*.golden.*</c> file beside the test. <c>./dev golden</c> (OPENDATA_GOLDEN=accept) accepts.
/// </summary>
public static class Golden
{
    /// <summary>Fails with both texts when they differ.</summary>
    /// <param name="actual">The text made now.</param>
    /// <param name="name">File name less <c>.golden.ext</c>; by default the test's name.</param>
    /// <param name="extension">For example <c>txt</c>, <c>json</c>, <c>xml</c>.</param>
    /// <param name="testFile">Filled by the compiler.</param>
    /// <param name="testName">Filled by the compiler.</param>
    public static void Match(
        string actual,
        string? name = null,
        string extension = "txt",
        [CallerFilePath] string testFile = "",
        [CallerMemberName] string testName = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(testFile)!, $"{name ?? testName}.golden.{extension}");
        if (Environment.GetEnvironmentVariable("OPENDATA_GOLDEN") == "accept")
        {
            File.WriteAllBytes(file, System.Text.Encoding.UTF8.GetBytes(actual));
            return;
        }

        var expected = File.Exists(file) ? File.ReadAllText(file) : "";
        if (!string.Equals(expected, actual, StringComparison.Ordinal))
        {
            throw new InvalidOperationException(
                $"{Path.GetFileName(file)} differs. Run ./dev golden when the change is meant.\n--- expected\n{expected}\n--- actual\n{actual}");
        }
    }
}
