namespace OpenData.Benchmarks;

/// <summary>Reads a file from the page cache and does nothing with it.</summary>
/// <param name="path">The file.</param>
internal sealed class FileCaller(string path) : ILoadCaller
{
    private readonly byte[] _buffer = new byte[128 * 1024];

    public void Call(long number)
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        long at = 0;
        while (RandomAccess.Read(file, _buffer, at) is > 0 and var read)
        {
            at += read;
        }
    }

    public void Dispose()
    {
        // A file is opened for every reading.
    }
}
