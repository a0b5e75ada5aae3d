using System.Text.Json;
using OpenData.Catalogs;

namespace OpenData.Warehouse.Staging;

/// <summary>
/// Lists: a JSON array, or a text divided by the column's separator. Each value is read as a cell of its own, by the rules of the column;
/// one that is refused refuses the record, as does one that is missing. Blank pieces between separators are no values and are passed over.
/// </summary>
internal sealed class ListParser : CellParser
{
    /// <summary>More values than this are rows of another table.</summary>
    public const int ItemsMax = 10_000;

    private readonly CellParser _item;
    private readonly byte? _separator;
    private byte[] _text = new byte[256];

    public ListParser(DatasetContract contract, ColumnContract column, int bytesMax)
        : base(column with { Matches = null })
    {
        _item = For(contract, column.ToScalar() with { NullTexts = [] }, bytesMax);
        _separator = column.Separator is [var sign] ? (byte)sign : null;
    }

    protected override string? Read(ReadOnlySpan<byte> text, ReadOnlySpan<byte> cell, CellForm form, CellValue to)
    {
        to.BeginItems();
        return form switch
        {
            CellForm.Composite => Array(text, to),
            _ when _separator is { } separator => Divided(text, separator, form, to),
            CellForm.Text when text is [(byte)'[', ..] => Array(text, to),
            _ => StagingRules.Type,
        };
    }

    private string? Divided(ReadOnlySpan<byte> text, byte separator, CellForm form, CellValue to)
    {
        foreach (var piece in text.Split(separator))
        {
            var value = CellText.Trim(text[piece]);
            if (value.Length > 0 && Item(value, form, to) is { } rule)
            {
                return rule;
            }
        }

        return null;
    }

    private string? Array(ReadOnlySpan<byte> json, CellValue to)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            {
                return StagingRules.Type;
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (Item(ref reader, to) is { } rule)
                {
                    return rule;
                }
            }

            // The text of a cell, unlike a record, was not looked at before: something may stand behind the array.
            reader.Read();
            return null;
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            return StagingRules.Type;
        }
    }

    private string? Item(ref Utf8JsonReader reader, CellValue to)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                if (_text.Length < reader.ValueSpan.Length)
                {
                    _text = new byte[reader.ValueSpan.Length * 2];
                }

                return Item(_text.AsSpan(0, reader.CopyString(_text)), CellForm.Text, to);
            case JsonTokenType.Number:
                return Item(reader.ValueSpan, CellForm.Number, to);
            case JsonTokenType.True:
                return Item(reader.ValueSpan, CellForm.True, to);
            case JsonTokenType.False:
                return Item(reader.ValueSpan, CellForm.False, to);
            case JsonTokenType.Null:
                return StagingRules.Required;
            default:
                return StagingRules.Type;
        }
    }

    private string? Item(ReadOnlySpan<byte> cell, CellForm form, CellValue to)
        => to.Items.Length == ItemsMax ? StagingRules.TooLong : _item.Parse(cell, form, to.NextItem());
}
