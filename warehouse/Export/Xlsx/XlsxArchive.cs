using System.IO.Compression;

namespace OpenData.Warehouse.Export;

/// <summary>
/// The parts of a workbook, one after the other into a target that need not seek. Disposed before <see cref="CompleteAsync"/> it leaves a file
/// that no ZIP reader opens.
/// </summary>
internal sealed class XlsxArchive : IDisposable
{
    private const int SendBytes = 128 * 1024;

    /// <summary>The first moment that ZIP can tell: equal rows give equal bytes whenever they are written.</summary>
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ArchiveOutlet _outlet;
    private readonly ZipArchive _zip;
    private Stream? _part;
    private bool _isComplete;

    public XlsxArchive(Stream target)
    {
        _outlet = new ArchiveOutlet(target);
        _zip = new ZipArchive(_outlet, ZipArchiveMode.Create, leaveOpen: true);
    }

    /// <summary>Text of the part under way, not yet packed.</summary>
    public Utf8Buffer Text { get; } = new();

    /// <summary>Begins a part; the one before must have ended.</summary>
    public void Begin(string name)
    {
        var entry = _zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = Epoch;
        _part = entry.Open();
    }

    /// <summary>Packs and sends what has come together, once it is worth it.</summary>
    public ValueTask MoveAsync(CancellationToken token) => Text.Length >= SendBytes ? new ValueTask(SendAsync(token)) : ValueTask.CompletedTask;

    /// <summary>Ends the part under way.</summary>
    public async Task EndAsync(CancellationToken token)
    {
        await SendAsync(token);
        _part!.Dispose();
        _part = null;
    }

    /// <summary>A whole part at once.</summary>
    public async Task PartAsync(string name, Action<Utf8Buffer> write, CancellationToken token)
    {
        Begin(name);
        write(Text);
        await EndAsync(token);
    }

    /// <summary>Writes the directory of the parts: only now is it a workbook.</summary>
    public async Task CompleteAsync(CancellationToken token)
    {
        _zip.Dispose();
        _isComplete = true;
        await _outlet.SendAsync(token);
    }

    public void Dispose()
    {
        if (!_isComplete)
        {
            _outlet.Cut();
            _part?.Dispose();
            _zip.Dispose();
        }

        _outlet.Dispose();
        Text.Dispose();
    }

    private async Task SendAsync(CancellationToken token)
    {
        _part!.Write(Text.Written.Span);
        Text.Clear();
        await _outlet.SendAsync(token);
    }
}
