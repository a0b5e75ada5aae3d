using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Export;

/// <summary>
/// A file that DuckDB writes. COPY knows no limit of size, so the file is looked at every few milliseconds and its writer stopped when it
/// is too large; by then it may be larger by what a disk takes in that time. Disposing deletes it.
/// </summary>
internal sealed class SpillFile : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly long _bytesMax;
    private readonly CancellationTokenSource _stop;
    private readonly Timer _timer;
    private volatile bool _isTooLarge;

    /// <summary>Finds a name for the file and begins to watch.</summary>
    /// <param name="folder">Where it is to lie; made when it is missing.</param>
    /// <param name="bytesMax">Greatest size.</param>
    /// <param name="token">Stops the writing too.</param>
    public SpillFile(string folder, long bytesMax, CancellationToken token)
    {
        Path = System.IO.Path.Combine(Directory.CreateDirectory(folder).FullName, System.IO.Path.GetRandomFileName());
        _bytesMax = bytesMax;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        _timer = new Timer(static file => ((SpillFile)file!).Watch(), this, Look, Look);
    }

    /// <summary>Where the file is to be written.</summary>
    public string Path { get; }

    /// <summary>Runs what writes the file, under a token that also says stop when the file is too large.</summary>
    /// <exception cref="OpenDataException">OD1310 the file is too large.</exception>
    public T Write<T>(Func<CancellationToken, T> write)
    {
        try
        {
            var result = write(_stop.Token);
            _isTooLarge |= Length() > _bytesMax;
            return _isTooLarge ? throw TooLarge() : result;
        }
        catch (OperationCanceledException) when (_isTooLarge)
        {
            throw TooLarge();
        }
        finally
        {
            // Copying may take as long as a slow reader likes; the file grows no more.
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Copies the file.</summary>
    public async Task CopyToAsync(Stream target, CancellationToken token)
    {
        await using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        await file.CopyToAsync(target, token);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A look that is under way must find the source of its token alive.
        using (var looked = new ManualResetEvent(initialState: false))
        {
            if (_timer.Dispose(looked))
            {
                looked.WaitOne();
            }
        }

        _stop.Dispose();
        File.Delete(Path);
    }

    private void Watch()
    {
        if (Length() > _bytesMax)
        {
            _isTooLarge = true;
            _stop.Cancel();
        }
    }

    private long Length() => new FileInfo(Path) is { Exists: true, Length: var length } ? length : 0;

    private OpenDataException TooLarge() => new(ExportErrors.SpillTooLarge, new LocalText(
        $"Tệp vượt quá {_bytesMax / (1024 * 1024)} MiB. Hãy lọc hẹp hơn, lấy ít cột hơn, hoặc dùng CSV hay luồng Arrow, vốn không có giới hạn này.",
        $"The file grew beyond {_bytesMax / (1024 * 1024)} MiB. Filter more narrowly, take fewer columns, or take CSV or the Arrow stream, which have no such limit."));
}
