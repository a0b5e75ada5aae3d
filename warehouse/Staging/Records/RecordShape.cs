using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Staging;

/// <summary>The contract's public columns as readers look for them, and what to say when the input's columns differ.</summary>
internal sealed class RecordShape
{
    private readonly HashSet<string> _personal;

    public RecordShape(DatasetContract contract)
    {
        Contract = contract;
        Columns = contract.Deletions is { } mark ? [.. contract.PublicColumns, MarkColumn(mark)] : contract.PublicColumns;
        Mark = contract.Deletions is null ? -1 : Columns.Count - 1;
        SourceNames = [.. Columns.Select(c => CellText.Tidy(c.SourceName))];
        _personal = [.. contract.Columns.Where(c => c.Personal).Select(c => CellText.Tidy(c.SourceName))];
        foreach (var name in SourceNames)
        {
            // A public column must not carry a personal one inside.
            if (_personal.Any(p => p == name || p.StartsWith(name + ".", StringComparison.Ordinal)))
            {
                throw new OpenDataException(
                    StagingErrors.ContractUnusable,
                    new LocalText(
                        $"Trường nguồn '{name}' của một cột công khai chứa trường cá nhân.",
                        $"Source field '{name}' of a public column holds a personal field."));
            }
        }
    }

    public DatasetContract Contract { get; }

    /// <summary>The public columns, in contract order; behind them the mark of deleted records, where the contract has one.</summary>
    public IReadOnlyList<ColumnContract> Columns { get; }

    /// <summary>Index of the mark of deleted records among <see cref="Columns"/>; -1 when the contract has none.</summary>
    public int Mark { get; }

    /// <summary>Tidy source name of each column.</summary>
    public IReadOnlyList<string> SourceNames { get; }

    /// <summary>True when the contract drops personal columns; names found in the input are then never repeated in messages.</summary>
    public bool HasPersonal => _personal.Count > 0;

    public bool IsPersonal(string tidyName) => _personal.Contains(tidyName);

    /// <summary>
    /// Finds each public column among the names of a header and applies the drift policy: index of the field for each public column, -1
    /// where it is missing and may be.
    /// </summary>
    public int[] Map(IReadOnlyList<string> header, string hint, ISet<string> newColumns, ISet<string> missingColumns)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var known = new HashSet<string>(SourceNames.Concat(_personal), StringComparer.Ordinal);
        for (var i = 0; i < header.Count; i++)
        {
            var name = CellText.Tidy(header[i]);
            if (!places.TryAdd(name, i) && (name.Length > 0 || known.Contains(name)))
            {
                throw new OpenDataException(
                    StagingErrors.BadHeader,
                    new LocalText(
                        $"Tiêu đề lặp lại ở cột {i + 1}{Named(name)}.",
                        $"The header repeats a name at column {i + 1}{Named(name)}."));
            }
        }

        Missing(places, hint, missingColumns);
        var fresh = places.Keys.Where(n => n.Length > 0 && !known.Contains(n)).Order(StringComparer.Ordinal).ToList();
        NewNames(fresh, newColumns);
        return [.. SourceNames.Select(n => places.GetValueOrDefault(n, -1))];
    }

    /// <summary>Applies the drift policy to names that the contract does not know.</summary>
    public void NewNames(IReadOnlyCollection<string> names, ISet<string> newColumns)
    {
        if (names.Count == 0 || Contract.Drift.NewColumn == "ignore")
        {
            return;
        }

        if (Contract.Drift.NewColumn == "block")
        {
            var list = HasPersonal ? $"({names.Count})" : string.Join(", ", names.Take(10));
            throw new OpenDataException(
                StagingErrors.NewColumn,
                new LocalText($"Cột ngoài hợp đồng: {list}.", $"Columns that the contract does not know: {list}."));
        }

        if (!HasPersonal)
        {
            newColumns.UnionWith(names.Take(100));
        }
    }

    /// <summary>Applies the drift policy to public columns that the whole input lacks.</summary>
    public void MissingColumns(IReadOnlyCollection<int> columns, string hint, ISet<string> missingColumns)
    {
        var blocking = columns.Where(c => c == Mark || Columns[c].Required || Contract.Drift.MissingColumn != "null").ToList();
        if (blocking.Count > 0)
        {
            var list = string.Join(", ", blocking.Take(10).Select(c => SourceNames[c]));
            throw new OpenDataException(
                StagingErrors.MissingColumn,
                new LocalText($"Thiếu cột: {list}.{hint}", $"Missing columns: {list}.{hint}"));
        }

        missingColumns.UnionWith(columns.Select(c => Columns[c].Name));
    }

    private static ColumnContract MarkColumn(DeletionMark mark)
        => new(DeletionMark.Column, new ColumnType(ColumnKind.Boolean), new LocalText(mark.From, mark.From)) { From = mark.From };

    private void Missing(Dictionary<string, int> places, string hint, ISet<string> missingColumns)
    {
        var missing = Enumerable.Range(0, Columns.Count).Where(c => !places.ContainsKey(SourceNames[c])).ToList();
        if (missing.Count > 0)
        {
            MissingColumns(missing, hint, missingColumns);
        }
    }

    private string Named(string name) => HasPersonal ? "" : $" ('{(name.Length > 60 ? name[..60] : name)}')";
}
