using System.Text;
using OpenData.Catalogs.Errors;

namespace OpenData.Catalogs.Reading;

/// <summary>Text of a catalogue file, or the problem with it.</summary>
internal static class CatalogFile
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The file's text without byte order mark; null, with a problem, when it is not UTF-8 of a decent size.</summary>
    internal static string? ReadText(string path, ProblemList problems)
    {
        try
        {
            var length = new FileInfo(path).Length;
            if (length > YamlTree.FileBytesMax)
            {
                problems.Add(CatalogErrors.Unreadable, 0, $"the file has {length} bytes; at most {YamlTree.FileBytesMax} are read");
                return null;
            }

            return Decode(File.ReadAllBytes(path), problems);
        }
        catch (FileNotFoundException)
        {
            problems.Add(CatalogErrors.Unreadable, 0, "the file is missing; every catalogue has it");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(CatalogErrors.Unreadable, 0, "the file cannot be opened; look at its permissions");
        }

        return null;
    }

    private static string? Decode(byte[] bytes, ProblemList problems)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            problems.Add(CatalogErrors.Unreadable, 1, "the file is UTF-16; save it as UTF-8");
            return null;
        }

        try
        {
            return StrictUtf8.GetString(bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes.AsSpan(3) : bytes);
        }
        catch (DecoderFallbackException e)
        {
            var before = bytes.AsSpan(0, Math.Clamp(e.Index, 0, bytes.Length));
            problems.Add(
                CatalogErrors.Unreadable,
                before.Count((byte)'\n') + 1,
                $"byte 0x{e.BytesUnknown?.FirstOrDefault():X2} is not UTF-8; save the file as UTF-8");
            return null;
        }
    }
}
