using System.Text;
using OpenData.Catalogs;

namespace OpenData.Warehouse.Staging;

/// <summary>True is <c>true</c>, <c>1</c> or <c>có</c>; false is <c>false</c>, <c>0</c> or <c>không</c>; letter case is free.</summary>
internal sealed class BooleanParser : LongParser
{
    public BooleanParser(ColumnContract column)
        : base(column) => ReadBounds();

    protected override string? ReadLong(ReadOnlySpan<byte> text, CellForm form, out long value)
    {
        if (form is CellForm.True or CellForm.False)
        {
            value = form == CellForm.True ? 1 : 0;
            return null;
        }

        return ReadBound(text, out value);
    }

    protected override string? ReadBound(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (text is [(byte)'0' or (byte)'1'])
        {
            value = text[0] - '0';
            return null;
        }

        if (Ascii.EqualsIgnoreCase(text, "true"u8))
        {
            value = 1;
            return null;
        }

        if (Ascii.EqualsIgnoreCase(text, "false"u8))
        {
            return null;
        }

        return text.Length > 24 ? StagingRules.Type : Word(Encoding.UTF8.GetString(text), out value);
    }

    private static string? Word(string text, out long value)
    {
        var word = text.Normalize(NormalizationForm.FormC).ToLowerInvariant();
        value = word == "có" ? 1 : 0;
        return word is "có" or "không" ? null : StagingRules.Type;
    }
}
