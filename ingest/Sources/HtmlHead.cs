namespace OpenData.Ingest.Sources;

/// <summary>Knows an HTML page by its first bytes.</summary>
internal static class HtmlHead
{
    /// <summary>True when the bytes, after a byte order mark, blanks and comments, begin with an HTML doctype or element.</summary>
    internal static bool IsHtml(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("\uFEFF"u8))
        {
            head = head[3..];
        }

        head = head.TrimStart(" \t\r\n"u8);
        while (head.StartsWith("<!--"u8) && head.IndexOf("-->"u8) is > 0 and var end)
        {
            head = head[(end + 3)..].TrimStart(" \t\r\n"u8);
        }

        return Begins(head, "<!doctype html"u8) || Begins(head, "<html"u8) || Begins(head, "<head"u8) || Begins(head, "<body"u8);
    }

    private static bool Begins(ReadOnlySpan<byte> head, ReadOnlySpan<byte> lowerCase)
        => head.Length >= lowerCase.Length && System.Text.Ascii.EqualsIgnoreCase(head[..lowerCase.Length], lowerCase);
}
