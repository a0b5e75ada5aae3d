using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace OpenData.Ingest.Tests.Flaky;

/// <summary>What the agency sends when it is well, whole or spoiled.</summary>
internal static class Bodies
{
    private const int PageSize = 3;

    /// <summary>That many rows as CSV.</summary>
    public static string Csv(int rows) => "id,name\n" + string.Concat(Enumerable.Range(1, rows).Select(i => $"{i},\"Xã {i}\"\n"));

    /// <summary>Records as a page.</summary>
    public static string Page(IEnumerable<int> ids, object total, string more = "")
        => $"{{\"data\":[{string.Join(',', ids.Select(i => $"{{\"id\":{i},\"name\":\"Xã {i}\"}}"))}],\"total\":{Convert.ToString(total, CultureInfo.InvariantCulture)}{more}}}";

    /// <summary>The page of an honest list.</summary>
    public static string HonestPage(int page, int rows)
        => Page(Enumerable.Range(1, rows).Skip((page - 1) * PageSize).Take(PageSize), rows, page * PageSize < rows ? $",\"next\":\"?p={page + 1}\"" : "");

    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    public static byte[] Gzip(string text) => Gzip(Encoding.UTF8.GetBytes(text));

    public static byte[] Brotli(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            brotli.Write(bytes);
        }

        return packed.ToArray();
    }

    public static byte[] Zip(params byte[][] files)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < files.Length; i++)
            {
                using var entry = zip.CreateEntry($"../{i}.csv").Open();
                entry.Write(files[i]);
            }
        }

        return packed.ToArray();
    }
}
