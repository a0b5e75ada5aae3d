using System.Buffers;

namespace OpenData.Portal.Downloads;

/// <summary>Rewrites our canonical CSV for Excel: byte order mark in front, CRLF at the end of each record. Values stay byte for byte.</summary>
internal static class ExcelCsv
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Copies to the end of <paramref name="canonical"/>; a line break inside quotes belongs to a value and stays LF.</summary>
    public static async Task CopyAsync(Stream canonical, Stream target, CancellationToken token)
    {
        var from = ArrayPool<byte>.Shared.Rent(BufferBytes);
        var to = ArrayPool<byte>.Shared.Rent(BufferBytes * 2);
        try
        {
            await target.WriteAsync(new byte[] { 0xEF, 0xBB, 0xBF }, token);
            var quoted = false;
            int read;
            while ((read = await canonical.ReadAsync(from.AsMemory(0, BufferBytes), token)) > 0)
            {
                var written = Convert(from.AsSpan(0, read), to, ref quoted);
                await target.WriteAsync(to.AsMemory(0, written), token);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(from);
            ArrayPool<byte>.Shared.Return(to);
        }
    }

    private static int Convert(ReadOnlySpan<byte> from, Span<byte> to, ref bool quoted)
    {
        var at = 0;
        foreach (var one in from)
        {
            if (one == (byte)'"')
            {
                quoted = !quoted;
            }
            else if (one == (byte)'\n' && !quoted)
            {
                to[at++] = (byte)'\r';
            }

            to[at++] = one;
        }

        return at;
    }
}
