using System.Globalization;
using System.Text;

namespace OpenData.TestKit;

/// <summary>A fresh folder that goes away with the test.</summary>
public sealed class TestFolder : IDisposable
{
    private static int Count;

    public TestFolder()
    {
        var number = Interlocked.Increment(ref Count);
        Path = System.IO.Path.Combine(
            System.IO.Path.GetTempPath(),
            string.Create(CultureInfo.InvariantCulture, $"opendata-test-{Environment.ProcessId}-{number}"));
        Directory.CreateDirectory(Path);
    }

    /// <summary>Absolute path of the folder.</summary>
    public string Path { get; }

    /// <summary>Absolute path of a file below the folder.</summary>
    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    /// <summary>Writes UTF-8 text without BOM and returns the absolute path.</summary>
    public string Write(string relative, string text) => Write(relative, new UTF8Encoding(false).GetBytes(text));

    /// <summary>Writes bytes and returns the absolute path.</summary>
    public string Write(string relative, byte[] bytes)
    {
        var path = this[relative];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A straggling handle must not turn a passed test red; the folder is in the temp folder.
        }
    }
}
