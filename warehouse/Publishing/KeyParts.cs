using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace OpenData.Warehouse.Publishing;

/// <summary>
/// Entries of a key file on their way to their buckets, in files of a folder that is thrown away: so many at a time as memory bears, whatever the
/// size of the table. The engine's own sort of a large table needs more memory than a worker has.
/// </summary>
internal sealed class KeyParts : IDisposable
{
    /// <summary>Entries of one part on average; 16 MiB while it is put in order.</summary>
    internal const long PartRowsUsual = 2_000_000;

    private const int EntryBytes = 12;
    private const int BufferBytes = 64 * 1024;

    private readonly FileStream[] _files;
    private readonly int _shift;

    /// <summary>Opens the parts.</summary>
    /// <param name="folder">Folder for them.</param>
    /// <param name="rows">Entries to come.</param>
    /// <param name="bits">Bits of the bucket number.</param>
    /// <param name="partRowsMax">Entries of one part on average, at most.</param>
    public KeyParts(string folder, long rows, int bits, long partRowsMax = PartRowsUsual)
    {
        var partBits = 0;
        while (partBits < bits && rows >> partBits > partRowsMax)
        {
            partBits++;
        }

        _shift = bits - partBits;
        Directory.CreateDirectory(folder);
        _files = new FileStream[1 << partBits];
        for (var part = 0; part < _files.Length; part++)
        {
            _files[part] = new FileStream(
                Path.Combine(folder, FormattableString.Invariant($"keys-{part}.part")), FileMode.Create, FileAccess.ReadWrite, FileShare.None, BufferBytes, FileOptions.DeleteOnClose);
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => _files.Length;

    /// <summary>The first bucket of a part; of the part behind the last, the number of buckets.</summary>
    public int FirstBucket(int part) => part << _shift;

    /// <summary>Takes an entry.</summary>
    public void Add(int bucket, uint hash, uint rid)
    {
        Span<byte> entry = stackalloc byte[EntryBytes];
        BinaryPrimitives.WriteInt32LittleEndian(entry, bucket);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], hash);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], rid);
        _files[bucket >> _shift].Write(entry);
    }

    /// <summary>The entries of a part, eight bytes each, in the order of their buckets and within one in the order in which they came.</summary>
    /// <param name="part">Number of the part.</param>
    /// <param name="starts">The first entry of each bucket of the part and of the one behind it, counted from the first entry of the file.</param>
    public ReadOnlySpan<byte> InOrder(int part, ReadOnlySpan<uint> starts)
    {
        var (first, next) = (FirstBucket(part), starts.ToArray());
        var ordered = new ulong[starts[^1] - starts[0]];
        var file = _files[part];
        file.Position = 0;
        Span<byte> entry = stackalloc byte[EntryBytes];
        for (var i = 0; i < ordered.Length; i++)
        {
            file.ReadExactly(entry);
            var bucket = BinaryPrimitives.ReadInt32LittleEndian(entry);
            ordered[next[bucket - first]++ - starts[0]] = BinaryPrimitives.ReadUInt64LittleEndian(entry[4..]);
        }

        file.SetLength(0);
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(ordered, ordered);
        }

        return MemoryMarshal.AsBytes(ordered.AsSpan());
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_files, file => file?.Dispose());
}
