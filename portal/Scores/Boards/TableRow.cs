using System.Globalization;

namespace OpenData.Portal.Scores.Boards;

/// <summary>One row of a published table, by names of columns. Numbers are exact: no decimal passes through binary floating point.</summary>
internal sealed class TableRow
{
    private readonly Dictionary<string, int> _columns;
    private readonly string?[] _cells;

    private TableRow(Dictionary<string, int> columns, string?[] cells) => (_columns, _cells) = (columns, cells);

    /// <summary>The cell; null stands for no value.</summary>
    /// <exception cref="InvalidOperationException">The table has no such column.</exception>
    public string? this[string column] => _columns.TryGetValue(column, out var at) ? _cells[at] : throw new InvalidOperationException($"The table has no column {column}.");

    /// <summary>Records with their head → rows.</summary>
    public static IReadOnlyList<TableRow> Of(IReadOnlyList<string?[]> records)
    {
        if (records.Count == 0)
        {
            return [];
        }

        var columns = records[0].Select((name, at) => (Name: name ?? "", at)).ToDictionary(c => c.Name, c => c.at, StringComparer.Ordinal);
        return [.. records.Skip(1).Select(r => new TableRow(columns, r))];
    }

    public string Text(string column) => this[column] ?? "";

    public bool Flag(string column) => this[column] == "true";

    public int Whole(string column) => int.Parse(Text(column), NumberStyles.None, CultureInfo.InvariantCulture);

    public decimal Number(string column) => decimal.Parse(Text(column), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    public DateOnly Day(string column) => DateOnly.ParseExact(Text(column), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public DateTimeOffset Instant(string column) => DateTimeOffset.Parse(Text(column), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
