using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using Microsoft.Win32.SafeHandles;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Validation;

namespace OpenData.Warehouse.Publishing;

/// <summary>
/// Where in a version the row of a key lies: <c>data.keys</c>, eight bytes a row, read in two small pieces. An index of the engine holds
/// everything that was ever touched of it in memory until the version is let go; this holds nothing. Safe for all threads.
/// </summary>
/// <remarks>
/// Little-endian: eight bytes of name, bits of the bucket number, rows; the first entry of each bucket and the number of all; then entries
/// by bucket, each the lower half of the <see cref="KeyHash"/> and the <c>_rid</c>. A bucket is the upper bits of the hash and has 64 to 128
/// entries on average.
/// </remarks>
public sealed class KeyFile : IDisposable
{
    private const int HeadBytes = 16;
    private const int EntryBytes = 8;
    private const int BucketRowsMin = 64;
    private const int BufferBytes = 128 * 1024;

    private readonly SafeFileHandle _file;
    private readonly int _bits;
    private readonly uint _rows;

    private KeyFile(SafeFileHandle file, int bits, uint rows)
    {
        _file = file;
        _bits = bits;
        _rows = rows;
    }

    private static ReadOnlySpan<byte> Name => "odkeys1\n"u8;

    /// <summary>Opens the file.</summary>
    /// <exception cref="IOException">It is not there.</exception>
    /// <exception cref="OpenDataException">OD2308: it is none, or not whole.</exception>
    public static KeyFile Open(string path)
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.RandomAccess);
        try
        {
            Span<byte> head = stackalloc byte[HeadBytes];
            var isWhole = RandomAccess.Read(file, head, 0) == HeadBytes && head.StartsWith(Name);
            var bits = BinaryPrimitives.ReadInt32LittleEndian(head[8..]);
            var rows = BinaryPrimitives.ReadUInt32LittleEndian(head[12..]);
            return isWhole && bits == BitsOf(rows) && RandomAccess.GetLength(file) == Entry(bits, rows)
                ? new KeyFile(file, bits, rows)
                : throw Damaged(path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Where rows may lie whose key has this number: none or one, and hardly ever more.</summary>
    /// <exception cref="OpenDataException">OD2308: the file is damaged.</exception>
    public IReadOnlyList<long> Find(long hash)
    {
        Span<byte> ends = stackalloc byte[2 * sizeof(uint)];
        Read(ends, HeadBytes + ((hash >> (KeyHash.Bits - _bits)) * sizeof(uint)));
        var (from, to) = (BinaryPrimitives.ReadUInt32LittleEndian(ends), BinaryPrimitives.ReadUInt32LittleEndian(ends[sizeof(uint)..]));
        if (from > to || to > _rows)
        {
            throw Damaged(SnapshotFiles.Keys);
        }

        var bytes = ArrayPool<byte>.Shared.Rent(checked((int)(to - from) * EntryBytes));
        try
        {
            var bucket = bytes.AsSpan(0, (int)(to - from) * EntryBytes);
            Read(bucket, Entry(_bits, from));
            var found = new List<long>(1);
            for (; bucket.Length > 0; bucket = bucket[EntryBytes..])
            {
                if (BinaryPrimitives.ReadUInt32LittleEndian(bucket) == (uint)hash)
                {
                    found.Add(BinaryPrimitives.ReadUInt32LittleEndian(bucket[sizeof(uint)..]));
                }
            }

            return found;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>True when the rows of the contract can be found by a file: their key has a number, and positions fit.</summary>
    internal static bool Serves(DatasetContract contract, long rows) => rows <= uint.MaxValue && KeyHash.Covers(RowKey.KeyColumns(contract));

    /// <summary>Writes the file of a published table.</summary>
    /// <param name="connection">Reads the table.</param>
    /// <param name="alias">The table's database.</param>
    /// <param name="contract">The contract.</param>
    /// <param name="rows">Rows of the table.</param>
    /// <param name="path">A new file.</param>
    /// <param name="spill">Folder for entries that do not fit in memory; thrown away by the caller.</param>
    /// <param name="token">Stops it.</param>
    /// <returns>Entries written.</returns>
    internal static long Write(EngineConnection connection, string alias, DatasetContract contract, long rows, string path, string spill, CancellationToken token)
    {
        var bits = BitsOf((uint)rows);
        var starts = new uint[(1 << bits) + 1];
        using var parts = new KeyParts(spill, rows, bits);
        var written = Collect(connection, alias, contract, bits, starts, parts, token);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes);
        WriteHead(file, bits, (uint)rows, starts);
        for (var part = 0; part < parts.Count; part++)
        {
            token.ThrowIfCancellationRequested();
            file.Write(parts.InOrder(part, starts.AsSpan()[parts.FirstBucket(part)..(parts.FirstBucket(part + 1) + 1)]));
        }

        return written;
    }

    /// <summary>Hands the entries to the parts; afterwards <paramref name="starts"/> has the first entry of each bucket and the number of all.</summary>
    private static long Collect(
        EngineConnection connection, string alias, DatasetContract contract, int bits, uint[] starts, KeyParts parts, CancellationToken token)
    {
        var sql = new SqlBuilder().Append("SELECT ");
        KeyHash.Append(sql, RowKey.KeyColumns(contract)).Append(" AS hash, _rid FROM ");
        using var reader = connection.Stream(ExpectationSql.PublishedTable(sql, alias).ToSql(), token);
        var written = 0L;
        while (reader.Read(out var chunk))
        {
            var hashes = chunk[0].Values<long>();
            var rids = chunk[1].Values<long>();
            for (var row = 0; row < chunk.RowCount; row++)
            {
                var bucket = (int)(hashes[row] >> (KeyHash.Bits - bits));
                starts[bucket + 1]++;
                parts.Add(bucket, (uint)hashes[row], (uint)rids[row]);
            }

            written += chunk.RowCount;
        }

        for (var i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        return written;
    }

    private static void WriteHead(FileStream file, int bits, uint rows, uint[] starts)
    {
        Span<byte> number = stackalloc byte[sizeof(uint)];
        file.Write(Name);
        BinaryPrimitives.WriteInt32LittleEndian(number, bits);
        file.Write(number);
        BinaryPrimitives.WriteUInt32LittleEndian(number, rows);
        file.Write(number);
        foreach (var start in starts)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(number, start);
            file.Write(number);
        }
    }

    private static int BitsOf(uint rows) => BitOperations.Log2(Math.Max(1, rows / BucketRowsMin));

    private static long Entry(int bits, long index) => HeadBytes + (((1L << bits) + 1) * sizeof(uint)) + (index * EntryBytes);

    private static OpenDataException Damaged(string path) => new(PublishingErrors.Damaged, new LocalText(
        $"Tệp khoá {Path.GetFileName(path)} bị hỏng.", $"The key file {Path.GetFileName(path)} is damaged."));

    private void Read(Span<byte> to, long offset)
    {
        if (RandomAccess.Read(_file, to, offset) != to.Length)
        {
            throw Damaged(SnapshotFiles.Keys);
        }
    }
}
