using System.Text;
using OpenData.Catalogs;

namespace OpenData.Warehouse.Staging;

/// <summary>
/// Text and codes in NFC. Text keeps its outer white space and line breaks; a code is one trimmed line, and is refused when it came as a
/// number, because leading zeros may be lost already.
/// </summary>
internal sealed class TextParser : CellParser
{
    private readonly bool _code;
    private readonly bool _keepEmpty;
    private readonly int _bytesMax;
    private readonly byte[][]? _oneOf;

    public TextParser(ColumnContract column, int bytesMax)
        : base(column)
    {
        _code = column.Type.Kind == ColumnKind.Code;
        _keepEmpty = column.KeepEmpty;
        _bytesMax = bytesMax;
        _oneOf = column.OneOf?.Select(v => Encoding.UTF8.GetBytes(CellText.Tidy(v))).ToArray();
        if (column.Min is not null || column.Max is not null)
        {
            throw Unusable("min/max", column.Min ?? column.Max);
        }
    }

    protected override bool KeepsBlank(ReadOnlySpan<byte> cell) => _keepEmpty;

    protected override ReadOnlySpan<byte> Subject(ReadOnlySpan<byte> text, CellValue to) => to.Bytes;

    protected override string? Read(ReadOnlySpan<byte> text, ReadOnlySpan<byte> cell, CellForm form, CellValue to)
    {
        switch (form)
        {
            case CellForm.Composite:
                return StagingRules.Type;
            case CellForm.Number when _code:
                return StagingRules.CodeAsNumber;
            case CellForm.True or CellForm.False or CellForm.Iso when _code:
                return StagingRules.Type;
            case CellForm.True:
                to.Set("true"u8);
                return null;
            case CellForm.False:
                to.Set("false"u8);
                return null;
        }

        var value = _code || _oneOf is not null ? text : cell;
        if (value.Length > _bytesMax)
        {
            return StagingRules.TooLong;
        }

        var finding = CellText.Check(value);
        if (finding == CellText.Finding.Control || (_code && value.IndexOfAny((byte)'\n', (byte)'\r', (byte)'\t') >= 0))
        {
            return StagingRules.ControlCharacter;
        }

        if (finding == CellText.Finding.Clean)
        {
            to.Set(value);
        }
        else if (!CellText.TryNormalize(value, to))
        {
            return StagingRules.Type;
        }

        if (_oneOf is not null && !IsListed(to.Bytes))
        {
            return StagingRules.OneOf;
        }

        return null;
    }

    private bool IsListed(ReadOnlySpan<byte> value)
    {
        foreach (var allowed in _oneOf!)
        {
            if (value.SequenceEqual(allowed))
            {
                return true;
            }
        }

        return false;
    }
}
