using System.Buffers;
using System.Security.Cryptography;

namespace OpenData.Warehouse.Integrity;

/// <summary>Reads files for their checksums, at most so fast that those who serve and load keep the disk. One thread.</summary>
/// <param name="bytesPerSecondMax">Bytes a second; null reads as fast as the disk gives.</param>
/// <param name="clock">Measures.</param>
public sealed class ReadingPace(long? bytesPerSecondMax, TimeProvider clock)
{
    private const int BufferBytes = 256 * 1024;

    private readonly long _began = clock.GetTimestamp();

    /// <summary>Bytes read so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>SHA-256 of a file, lower-case hex.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public string Sha256Of(string path, CancellationToken token) => Sha256Of(path, Stream.Null, token);

    /// <summary>Copies a file and gives the SHA-256 of what was read, lower-case hex.</summary>
    /// <exception cref="IOException">It cannot be read, or the target not written.</exception>
    public string Sha256Of(string path, Stream target, CancellationToken token)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.SequentialScan);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (file.Read(buffer) is > 0 and var read)
            {
                token.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, read);
                target.Write(buffer, 0, read);
                Bytes += read;
                Wait(token);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void Wait(CancellationToken token)
    {
        if (bytesPerSecondMax is { } most && TimeSpan.FromSeconds((double)Bytes / most) - clock.GetElapsedTime(_began) is { Ticks: > 0 } early)
        {
            token.WaitHandle.WaitOne(early);
        }
    }
}
