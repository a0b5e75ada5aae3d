using System.Text;
using OpenData.Catalogs;

namespace OpenData.Warehouse.Staging;

/// <summary>Columns kept as a 64-bit number: booleans, integers, days, times, instants and durations, with bounds and lists.</summary>
internal abstract class LongParser : CellParser
{
    private long _min = long.MinValue;
    private long _max = long.MaxValue;
    private long[]? _oneOf;

    protected LongParser(ColumnContract column)
        : base(column)
    {
    }

    /// <summary>Reads bounds and list; called by the constructors of the kinds, once they can read.</summary>
    protected void ReadBounds()
    {
        _min = Column.Min is { } min ? Bound("min", min) : long.MinValue;
        _max = Column.Max is { } max ? Bound("max", max) : long.MaxValue;
        _oneOf = Column.OneOf?.Select(v => Bound("one_of", v)).ToArray();
    }

    /// <summary>Reads a number from trimmed text: null, or the rule that refuses it.</summary>
    protected abstract string? ReadLong(ReadOnlySpan<byte> text, CellForm form, out long value);

    /// <summary>Reads a bound as the contract writes it: plain numbers, ISO dates and times.</summary>
    protected abstract string? ReadBound(ReadOnlySpan<byte> text, out long value);

    protected sealed override string? Read(ReadOnlySpan<byte> text, ReadOnlySpan<byte> cell, CellForm form, CellValue to)
    {
        if (form == CellForm.Composite)
        {
            return StagingRules.Type;
        }

        var rule = ReadLong(text, form, out var value);
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

    private long Bound(string field, string text)
        => ReadBound(Encoding.UTF8.GetBytes(text), out var value) is null ? value : throw Unusable(field, text);
}
