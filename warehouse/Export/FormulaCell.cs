namespace OpenData.Warehouse.Export;

/// <summary>
/// Tells texts that a spreadsheet would calculate instead of show: an open dataset carries texts of strangers, and
/// <c>=HYPERLINK(…)</c> in one of them must not become a link in a citizen's workbook.
/// </summary>
internal static class FormulaCell
{
    private static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    /// <summary>
    /// True for texts that begin with <c>= + - @</c>, plain or full-width, after any blanks, and for all that begin with a tab or a line
    /// break. Reports differ on which blanks which spreadsheet drops before it looks, so none of them is a way around.
    /// </summary>
    public static bool Is(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return false;
        }

        if (text[0] is (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            return true;
        }

        var rest = text.TrimStart(Blanks);
        return !rest.IsEmpty && rest[0] switch
        {
            (byte)'=' or (byte)'+' or (byte)'-' or (byte)'@' => true,
            0xEF => rest.StartsWith("＝"u8) || rest.StartsWith("＋"u8) || rest.StartsWith("－"u8) || rest.StartsWith("＠"u8),
            _ => false,
        };
    }
}
