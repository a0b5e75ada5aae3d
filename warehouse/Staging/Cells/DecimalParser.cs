using System.Text;
using OpenData.Catalogs;

namespace OpenData.Warehouse.Staging;

/// <summary>
/// Exact decimals as a 128-bit whole number of the column's scale. More digits than the scale are refused, never rounded; zeros at the
/// end of the fraction are no digits in this sense.
/// </summary>
internal sealed class DecimalParser : CellParser
{
    private readonly NumberFormat _format;
    private readonly int _scale;
    private readonly int _precision;
    private readonly Int128? _min;
    private readonly Int128? _max;
    private readonly Int128[]? _oneOf;

    public DecimalParser(ColumnContract column, NumberFormat format)
        : base(column)
    {
        _format = format;
        _scale = column.Type.Scale;
        _precision = column.Type.Precision;
        _min = column.Min is { } min ? Bound("min", min) : null;
        _max = column.Max is { } max ? Bound("max", max) : null;
        _oneOf = column.OneOf?.Select(v => Bound("one_of", v)).ToArray();
    }

    protected override string? Read(ReadOnlySpan<byte> text, ReadOnlySpan<byte> cell, CellForm form, CellValue to)
    {
        if (form is not (CellForm.Text or CellForm.Number))
        {
            return StagingRules.Type;
        }

        var number = form == CellForm.Number;
        var rule = Exact(text, number ? NumberFormat.Plain : _format, number, out var value);
        if (rule is not null)
        {
            return rule;
        }

        if (value < _min)
        {
            return StagingRules.Min;
        }

        if (value > _max)
        {
            return StagingRules.Max;
        }

        if (_oneOf is not null && !_oneOf.Contains(value))
        {
            return StagingRules.OneOf;
        }

        to.Set(value);
        return null;
    }

    private string? Exact(ReadOnlySpan<byte> text, NumberFormat format, bool exponent, out Int128 value)
    {
        value = 0;
        return NumberText.Read(text, format, exponent, out var unscaled, out var scale)
            ?? NumberText.Rescale(unscaled, scale, _scale, _precision, out value);
    }

    private Int128 Bound(string field, string text)
        => Exact(Encoding.UTF8.GetBytes(text), NumberFormat.Plain, false, out var value) is null ? value : throw Unusable(field, text);
}
