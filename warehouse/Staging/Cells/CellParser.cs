using System.Text;
using System.Text.RegularExpressions;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Staging;

/// <summary>
/// Turns the cells of one column into values as its contract says: null texts, empty text, type, bounds, list, pattern, in this
/// order. Culture plays no part. One parser belongs to one staging and one thread.
/// </summary>
internal abstract class CellParser
{
    private readonly byte[][] _nullTexts;
    private readonly Regex? _matches;
    private readonly bool _required;
    private char[] _chars = [];

    protected CellParser(ColumnContract column)
    {
        Column = column;
        _required = column.Required;
        _nullTexts = [.. column.NullTexts.Select(t => Encoding.UTF8.GetBytes(CellText.Tidy(t)))];
        _matches = column.Matches is { } pattern ? Compile(pattern, column.Name) : null;
    }

    public ColumnContract Column { get; }

    /// <summary>The parser of a column.</summary>
    /// <exception cref="OpenDataException">OD2116: a field of the column cannot be used.</exception>
    public static CellParser For(DatasetContract contract, ColumnContract column, int bytesMax)
    {
        if (column.Name == DeletionMark.Column && contract.Deletions is { } mark)
        {
            return new DeletionMarkParser(column, mark);
        }

        var format = column.NumberFormat switch
        {
            null or "plain" => NumberFormat.Plain,
            "vi" => NumberFormat.Vi,
            "en" => NumberFormat.En,
            _ => throw Unusable(column, "number_format", column.NumberFormat),
        };
        var kind = column.Type.Kind;
        if (kind is ColumnKind.Uuid or ColumnKind.Json or ColumnKind.Geometry
            && (column.Min ?? column.Max ?? (column.OneOf is [var first, ..] ? first : null)) is { } bound)
        {
            throw Unusable(column, "min/max/one_of", bound);
        }

        return kind switch
        {
            ColumnKind.Boolean => new BooleanParser(column),
            ColumnKind.Integer => new IntegerParser(column, format),
            ColumnKind.Decimal => new DecimalParser(column, format),
            ColumnKind.Float => new FloatParser(column, format),
            ColumnKind.Text or ColumnKind.Code => new TextParser(column, bytesMax),
            ColumnKind.Date => new DateParser(column),
            ColumnKind.Time => new TimeParser(column),
            ColumnKind.Timestamp => new TimestampParser(column, contract.TimeZone),
            ColumnKind.Duration => new DurationParser(column),
            ColumnKind.Uuid => new UuidParser(column),
            ColumnKind.Json => new JsonParser(column, bytesMax),
            ColumnKind.Geometry => new GeometryParser(column),
            ColumnKind.List => new ListParser(contract, column, bytesMax),
            _ => throw Unusable(column, "type", column.Type.ToString()),
        };
    }

    /// <summary>Reads the cell into <paramref name="to"/>: null when done, else the rule (see <see cref="StagingRules"/>) that refuses it.</summary>
    public string? Parse(ReadOnlySpan<byte> cell, CellForm form, CellValue to)
    {
        if (form == CellForm.Null)
        {
            return Null(to);
        }

        var text = CellText.Trim(cell);
        if (form == CellForm.Text)
        {
            foreach (var nullText in _nullTexts)
            {
                if (text.SequenceEqual(nullText))
                {
                    return Null(to);
                }
            }

            if (text.Length == 0 && !KeepsBlank(cell))
            {
                return Null(to);
            }
        }

        var rule = Read(text, cell, form, to);
        if (rule is not null)
        {
            return rule;
        }

        return _matches is null || Matches(Subject(text, to)) ? null : StagingRules.Matches;
    }

    /// <summary>Writes a value that came for a column which the input lacks.</summary>
    public string? Null(CellValue to)
    {
        if (_required)
        {
            return StagingRules.Required;
        }

        to.SetNull();
        return null;
    }

    /// <summary>Reads a cell that is not empty. <paramref name="text"/> is trimmed, <paramref name="cell"/> is not.</summary>
    protected abstract string? Read(ReadOnlySpan<byte> text, ReadOnlySpan<byte> cell, CellForm form, CellValue to);

    /// <summary>True when a blank cell is a value of its own.</summary>
    protected virtual bool KeepsBlank(ReadOnlySpan<byte> cell) => false;

    /// <summary>What <c>matches</c> looks at: the text as read, for text columns the text as stored.</summary>
    protected virtual ReadOnlySpan<byte> Subject(ReadOnlySpan<byte> text, CellValue to) => text;

    protected OpenDataException Unusable(string field, string? value) => Unusable(Column, field, value);

    private static OpenDataException Unusable(ColumnContract column, string field, string? value) => new(
        StagingErrors.ContractUnusable,
        new LocalText(
            $"Cột {column.Name}: {field} '{value}' không dùng được với kiểu {column.Type}.",
            $"Column {column.Name}: {field} '{value}' cannot be used with type {column.Type}."));

    private static Regex Compile(string pattern, string column)
    {
        try
        {
            // NonBacktracking takes time linear in the text, as RE2 does, and refuses the constructs that RE2 refuses.
            return new Regex($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception cause) when (cause is ArgumentException or NotSupportedException)
        {
            throw new OpenDataException(
                StagingErrors.ContractUnusable,
                new LocalText(
                    $"Cột {column}: biểu thức matches không dùng được (cú pháp RE2).",
                    $"Column {column}: the expression in matches cannot be used (RE2 syntax)."),
                inner: cause);
        }
    }

    private bool Matches(ReadOnlySpan<byte> subject)
    {
        if (_chars.Length < subject.Length)
        {
            _chars = new char[Math.Max(256, subject.Length)];
        }

        var length = Encoding.UTF8.GetChars(subject, _chars);
        return _matches!.IsMatch(_chars.AsSpan(0, length));
    }
}
