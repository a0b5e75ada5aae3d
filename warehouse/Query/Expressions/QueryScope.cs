using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>What the names in a query's texts mean: one dataset's public columns, parameter aliases, and the one instant of <c>now()</c>.</summary>
/// <param name="contract">The contract, with the structure of the version that is queried.</param>
/// <param name="limits">Bounds.</param>
/// <param name="now">What <c>now()</c> gives everywhere in the query.</param>
/// <param name="aliases">Texts of parameter aliases by name with <c>@</c>; null when there are none.</param>
public sealed class QueryScope(
    DatasetContract contract,
    QueryLimits limits,
    DateTimeOffset now,
    IReadOnlyDictionary<string, string>? aliases = null)
{
    private readonly HashSet<string> _usedAliases = new(StringComparer.Ordinal);
    private readonly Dictionary<ColumnContract, MadeColumn> _made = new(ReferenceEqualityComparer.Instance);

    /// <summary>The contract.</summary>
    public DatasetContract Contract { get; } = contract;

    /// <summary>Bounds.</summary>
    public QueryLimits Limits { get; } = limits;

    /// <summary>The instant of <c>now()</c>.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>Columns that may be named: those of the dataset, then those that the query has computed so far.</summary>
    public IReadOnlyList<ColumnContract> Columns { get; private set; } = RowKey.QueryColumns(contract);

    /// <summary>The transformations that <see cref="Apply"/> knows, by their names in OData.</summary>
    public static IReadOnlyList<string> Transformations => ApplyBinder.Supported;

    /// <summary>The computed ones.</summary>
    public IReadOnlyList<ComputedColumn> Computed { get; private set; } = [];

    /// <summary>True when a text called <c>now()</c>: the answer then depends on the clock and must not be cached by query alone.</summary>
    public bool UsesNow { get; internal set; }

    /// <summary>A predicate.</summary>
    /// <exception cref="OpenDataException"><c>OD1201</c>–<c>OD1205</c>, <c>OD1209</c>, <c>OD1211</c>, <c>OD1213</c>, <c>OD1220</c>, with the position in the text.</exception>
    public BoundExpression Filter(string text)
    {
        var binder = new ExpressionBinder(this);
        return binder.BindCondition(ExpressionParser.Parse(text, Limits));
    }

    /// <summary>Adds computed columns; each may use those before it, and so may all texts that are read afterwards.</summary>
    /// <exception cref="OpenDataException">As <see cref="Filter"/>; <c>OD1224</c> for a name that is none or is taken.</exception>
    public void Compute(string text)
    {
        foreach (var (node, name, position) in ExpressionParser.ParseCompute(text, Limits))
        {
            var (computed, made) = Compute(node, name, position, Columns);
            _made.Add(computed.Column, made);
            Columns = [.. Columns, computed.Column];
            Computed = [.. Computed, computed];
        }
    }

    /// <summary>Transforms the rows; all texts that are read afterwards see the columns of the result.</summary>
    /// <exception cref="OpenDataException">As <see cref="Compute(string)"/>.</exception>
    public IReadOnlyList<Transformation> Apply(string text) => ApplyBinder.Bind(text, this);

    /// <summary>A search over the columns that the contract makes searchable.</summary>
    /// <exception cref="OpenDataException"><c>OD1201</c>, <c>OD1205</c>, <c>OD1209</c>, with the position in the text.</exception>
    public BoundExpression Search(string text)
    {
        var searchable = Contract.PublicColumns.Where(c => c.Search).ToList();
        return searchable.Count > 0 && searchable.All(Columns.Contains)
            ? SearchParser.Parse(text, Limits)
            : throw QueryErrors.At(
                QueryErrors.NotSupported,
                0,
                $"There is no searchable column of {Contract.Id} here; use $filter.",
                $"Ở đây không có cột nào của {Contract.Id} tìm kiếm được; hãy dùng $filter.");
    }

    /// <summary>The terms of an order. A term that is a constant orders nothing and is left out.</summary>
    /// <exception cref="OpenDataException">As <see cref="Filter"/>.</exception>
    public IReadOnlyList<OrderTerm> OrderBy(string text)
    {
        var binder = new ExpressionBinder(this);
        var terms = new List<OrderTerm>();
        foreach (var (node, descending) in ExpressionParser.ParseOrder(text, Limits))
        {
            var bound = binder.Bind(node);
            if (bound.Type.IsCompound)
            {
                throw QueryErrors.At(
                    QueryErrors.WrongType, node.Position, "Geometries and lists have no order.", "Không sắp xếp được dữ liệu hình học và danh sách.");
            }

            if (bound is not BoundExpression.Constant)
            {
                terms.Add(new OrderTerm(bound, descending));
            }
        }

        return terms;
    }

    /// <summary>The columns of a selection, each once, in the contract's order.</summary>
    /// <exception cref="OpenDataException"><c>OD1201</c>, <c>OD1202</c>, <c>OD1205</c>, <c>OD1209</c>.</exception>
    public IReadOnlyList<ColumnContract> Select(string text)
    {
        var chosen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, position) in ExpressionParser.ParseSelect(text, Limits))
        {
            chosen.UnionWith(name == "*" ? Columns.Select(c => c.Name) : [Column(name, position).Name]);
        }

        return [.. Columns.Where(c => chosen.Contains(c.Name))];
    }

    /// <summary>The columns of a selection, each once, in the order in which they are first named.</summary>
    /// <exception cref="OpenDataException">As <see cref="Select"/>.</exception>
    public IReadOnlyList<ColumnContract> SelectAsNamed(string text)
        => [.. ExpressionParser.ParseSelect(text, Limits).SelectMany(n => n.Name == "*" ? Columns : [Column(n.Name, n.Position)]).Distinct()];

    /// <summary>The column of that name: as written, else the one that differs only in case.</summary>
    /// <exception cref="OpenDataException"><c>OD1202</c> with the nearest name.</exception>
    public ColumnContract Column(string name, int position)
        => Columns.FirstOrDefault(c => c.Name == name)
            ?? Columns.FirstOrDefault(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw QueryErrors.At(
                QueryErrors.UnknownColumn,
                position,
                $"Dataset {Contract.Id} has no column {Shortened(name)}.",
                $"Bộ dữ liệu {Contract.Id} không có cột {Shortened(name)}.",
                Spelling.Nearest(name, Columns.Select(c => c.Name)));

    /// <summary>Fails when an alias was given that no text used: nothing is ignored.</summary>
    /// <exception cref="OpenDataException"><c>OD1220</c>.</exception>
    public void RequireAliasesUsed()
    {
        if (aliases?.Keys.FirstOrDefault(name => !_usedAliases.Contains(name)) is { } unused)
        {
            throw QueryErrors.Of(
                QueryErrors.BadAlias,
                $"The parameter alias {Shortened(unused)} is given, but no expression uses it.",
                $"Bí danh {Shortened(unused)} được khai báo nhưng không biểu thức nào dùng.");
        }
    }

    /// <summary>A computed column, and what its name will mean; nobody sees it yet.</summary>
    internal (ComputedColumn Computed, MadeColumn Made) Compute(SyntaxNode node, string name, int position, IReadOnlyList<ColumnContract> taken)
    {
        var binder = new ExpressionBinder(this);
        var expression = binder.Bind(node);
        var column = ComputedName.Column(name, position, TypeOf(expression, node.Position), taken) with { TimeZone = binder.ZoneOf(expression) };
        return (new ComputedColumn(column, expression), new MadeColumn(expression, binder.Cost, binder.TextLength(expression)));
    }

    internal MadeColumn? MadeOf(ColumnContract column) => _made.TryGetValue(column, out var made) ? made : null;

    /// <summary>From here on these are the columns; those that a step has made cost what their making cost.</summary>
    internal void Become(IEnumerable<ColumnContract> kept, IEnumerable<(ColumnContract Column, MadeColumn Made)> added)
    {
        var columns = kept.ToList();
        foreach (var (column, made) in added)
        {
            _made.Add(column, made with { Expression = new BoundExpression.Column(column) });
            columns.Add(column);
        }

        Columns = columns;
    }

    /// <summary>The type of a column of such values.</summary>
    /// <exception cref="OpenDataException"><c>OD1204</c>.</exception>
    internal static ColumnType TypeOf(BoundExpression expression, int position)
        => expression.Type.ToColumnType() ?? throw QueryErrors.At(
            QueryErrors.WrongType,
            position,
            "Only values of a simple type can be computed: no null, geometry or list.",
            "Chỉ tính được giá trị kiểu đơn: không phải null, hình học hay danh sách.");

    internal string? AliasText(string name)
    {
        if (aliases is null || !aliases.TryGetValue(name, out var text))
        {
            return null;
        }

        _usedAliases.Add(name);
        return text;
    }

    private static string Shortened(string name) => name.Length > 60 ? name[..60] + "…" : name;
}
