using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>What the names in a query's texts mean: one dataset's public columns, parameter aliases, and the one instant of <c>now()</c>.</summary>
/// <param name="contract">The contract, with the structure of the version that is queried.</param>
/// <param name="limits">Bounds.</param>
/// <param name="now">What <c>now()</c> gives everywhere in the query.</param>
/// <param name="aliases">Texts of parameter aliases by name with <c>@</c>; null when there are none.</param>
/// <param name="related">Where the dataset's relations lead; null when they lead nowhere.</param>
public sealed class QueryScope(
    DatasetContract contract,
    QueryLimits limits,
    DateTimeOffset now,
    IReadOnlyDictionary<string, string>? aliases = null,
    RelatedTables? related = null)
{
    private readonly RelatedTables _related = related ?? new RelatedTables();
    private HashSet<string> _usedAliases = new(StringComparer.OrdinalIgnoreCase);
    private bool _inTable = true;
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

    /// <summary>Tables that the texts read so far reach over relations.</summary>
    public IReadOnlyList<RelatedTable> Related => _related.Used;

    /// <summary>True for the rows of a relation inside <c>$expand</c>.</summary>
    public bool IsNested { get; private init; }

    /// <summary>The functions that expressions may call, by their names in OData.</summary>
    public static IReadOnlyList<string> Functions { get; } = [.. FunctionBinder.Names.Select(n => n == "matchespattern" ? "matchesPattern" : n)];

    /// <summary>The computed ones.</summary>
    public IReadOnlyList<ComputedColumn> Computed { get; private set; } = [];

    /// <summary>True when a text called <c>now()</c>: the answer then depends on the clock and must not be cached by query alone.</summary>
    public bool UsesNow { get; internal set; }

    /// <summary>A predicate.</summary>
    /// <exception cref="OpenDataException"><c>OD1201</c>–<c>OD1205</c>, <c>OD1209</c>, <c>OD1211</c>, <c>OD1213</c>, <c>OD1220</c>, with the position in the text.</exception>
    public BoundExpression Filter(string text)
    {
        var binder = new ExpressionBinder(this);
        return Located.In(text, () => binder.BindCondition(ExpressionParser.Parse(text, Limits)));
    }

    /// <summary>Adds computed columns; each may use those before it, and so may all texts that are read afterwards.</summary>
    /// <exception cref="OpenDataException">As <see cref="Filter"/>; <c>OD1224</c> for a name that is none or is taken.</exception>
    public void Compute(string text)
    {
        foreach (var (node, name, position) in Located.In(text, () => ExpressionParser.ParseCompute(text, Limits)))
        {
            var (computed, made) = Located.In(text, () => Compute(node, name, position, Columns));
            _made.Add(computed.Column, made);
            Columns = [.. Columns, computed.Column];
            Computed = [.. Computed, computed];
        }
    }

    /// <summary>Transforms the rows; all texts that are read afterwards see the columns of the result.</summary>
    /// <exception cref="OpenDataException">As <see cref="Compute(string)"/>.</exception>
    public IReadOnlyList<Transformation> Apply(string text) => Located.In(text, () => ApplyBinder.Bind(text, this));

    /// <summary>The relations whose rows are wanted with each row.</summary>
    /// <exception cref="OpenDataException">As <see cref="Filter"/>, and <c>OD1206</c>–<c>OD1208</c> for the options inside.</exception>
    public IReadOnlyList<Expansion> Expand(string text) => Located.In(text, () => ExpandBinder.Bind(text, this));

    /// <summary>A search over the columns that the contract makes searchable.</summary>
    /// <exception cref="OpenDataException"><c>OD1201</c>, <c>OD1205</c>, <c>OD1209</c>, with the position in the text.</exception>
    public BoundExpression Search(string text)
    {
        var searchable = Contract.PublicColumns.Where(c => c.Search).ToList();
        return searchable.Count > 0 && _inTable
            ? Located.In(text, () => SearchParser.Parse(text, Limits))
            : throw QueryErrors.At(
                QueryErrors.NotSupported,
                0,
                $"There is no searchable column of {Contract.Id} here; use $filter.",
                $"Ở đây không có cột nào của {Contract.Id} tìm kiếm được; hãy dùng $filter.");
    }

    /// <summary>The terms of an order. A term that is a constant orders nothing and is left out.</summary>
    /// <exception cref="OpenDataException">As <see cref="Filter"/>.</exception>
    public IReadOnlyList<OrderTerm> OrderBy(string text) => Located.In(text, () => Terms(new ExpressionBinder(this), text, Limits));

    internal static List<OrderTerm> Terms(ExpressionBinder binder, string text, QueryLimits limits)
    {
        var terms = new List<OrderTerm>();
        foreach (var (node, descending) in ExpressionParser.ParseOrder(text, limits))
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

    /// <summary>
    /// The columns of a selection, each once, in the contract's order. What a list's options leave of it is added to <see cref="Computed"/>, in the list's place.
    /// </summary>
    /// <exception cref="OpenDataException">As <see cref="Filter"/>, and <c>OD1206</c>–<c>OD1208</c> for the options behind lists.</exception>
    public IReadOnlyList<ColumnContract> Select(string text) => Located.In(text, () => Selected(text));

    private List<ColumnContract> Selected(string text)
    {
        var chosen = new HashSet<string>(StringComparer.Ordinal);
        var parts = new List<ComputedColumn>();
        foreach (var item in ExpressionParser.ParseSelect(text, Limits))
        {
            // A relation is chosen by $expand; beside it, its name in $select says nothing new.
            if (item.Name == "*" || (item.Options.Count == 0 && IsRelation(null, item.Name)))
            {
                chosen.UnionWith(item.Name == "*" ? Columns.Select(c => c.Name) : []);
                continue;
            }

            var column = Column(item.Name, item.Position);
            chosen.Add(column.Name);
            if (item.Options.Count > 0)
            {
                parts.AddRange(parts.Exists(p => p.Column == column)
                    ? throw QueryErrors.At(QueryErrors.DuplicateOption, item.Position, $"{column.Name} stands twice in $select.", $"{column.Name} xuất hiện hai lần trong $select.")
                    : ListPartBinder.Bind(item, column, this));
            }
        }

        Computed = [.. Computed, .. parts];
        return [.. Columns.Where(c => chosen.Contains(c.Name)).SelectMany(c => parts.Where(p => CountColumn.ListOf(p.Column) == c.Name).Select(p => p.Column).Append(c))];
    }

    /// <summary>The columns of a selection, each once, in the order in which they are first named.</summary>
    /// <exception cref="OpenDataException">As <see cref="Select"/>.</exception>
    public IReadOnlyList<ColumnContract> SelectAsNamed(string text)
        => Located.In(text, () => ExpressionParser.ParseSelect(text, Limits).SelectMany(n => n.Name == "*" ? Columns : [WholeColumn(n)]).Distinct().ToList());

    private ColumnContract WholeColumn(SelectItem item)
        => item.Options.Count == 0
            ? Column(item.Name, item.Position)
            : throw QueryErrors.At(QueryErrors.NotSupported, item.Options[0].Position, "No options stand behind a column here.", "Ở đây không có tham số sau tên cột.");

    /// <summary>The column of that name: as written, else the one that differs only in case.</summary>
    /// <exception cref="OpenDataException"><c>OD1202</c> with the nearest name.</exception>
    public ColumnContract Column(string name, int position)
        => Column(Contract, Columns, name, position);

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
        var column = ComputedName.Column(name, position, TypeOf(expression, node.Position), taken, RelationNames) with { TimeZone = binder.ZoneOf(expression) };
        return (new ComputedColumn(column, expression), new MadeColumn(expression, binder.Cost, binder.TextLength(expression)));
    }

    /// <summary>The column of that name among these of a dataset.</summary>
    /// <exception cref="OpenDataException"><c>OD1202</c> with the nearest name.</exception>
    internal static ColumnContract Column(DatasetContract contract, IReadOnlyList<ColumnContract> columns, string name, int position)
        => columns.FirstOrDefault(c => c.Name == name)
            ?? columns.FirstOrDefault(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw QueryErrors.At(
                QueryErrors.UnknownColumn,
                position,
                $"Dataset {contract.Id} has no column {Shortened(name)}.",
                $"Bộ dữ liệu {contract.Id} không có cột {Shortened(name)}.",
                Spelling.Nearest(name, columns.Select(c => c.Name)));

    /// <summary>Relations of the dataset, wherever the query stands: a name of theirs would be read as a relation by clients.</summary>
    internal IReadOnlyList<string> RelationNames => _related.Names(Contract);

    /// <summary>True when an expression has read the alias.</summary>
    public bool Uses(string alias) => _usedAliases.Contains(alias);

    /// <summary>True when a relation of that name leads somewhere.</summary>
    /// <param name="before">The relation behind which the name stands; null for the rows of the query.</param>
    /// <param name="name">The name.</param>
    internal bool IsRelation(Relation? before, string name) => Names(before).Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The relation of that name.</summary>
    /// <exception cref="OpenDataException"><c>OD1202</c> with the nearest name.</exception>
    internal Relation RelationOf(Relation? before, string name, int position)
    {
        var names = Names(before);
        var owner = before?.Target.Contract ?? Contract;
        return (names.Count > 0 ? _related.Find(owner, name) : null) ?? throw QueryErrors.At(
            QueryErrors.UnknownColumn,
            position,
            $"Dataset {owner.Id} has no relation {Shortened(name)} here.",
            $"Ở đây bộ dữ liệu {owner.Id} không có quan hệ {Shortened(name)}.",
            Spelling.Nearest(name, names));
    }

    /// <summary>A search over the rows to which a relation leads.</summary>
    /// <exception cref="OpenDataException">As <see cref="Search"/>.</exception>
    internal BoundExpression SearchBehind(Row row, string text, int position)
        => SearchParser.In(row, Located.Within(text, position, Behind(row.Relation).Search));

    /// <summary>The names of the relations that lead from the rows of the query.</summary>
    internal IReadOnlyList<string> Names(Relation? before)
        => before is not null ? _related.Names(before.Target.Contract) : _inTable ? _related.Names(Contract) : [];

    /// <summary>From here on rows are none of the table's: no relation leads from them, and they cannot be searched.</summary>
    internal void LeaveTable() => _inTable = false;

    /// <summary>What names mean at one place of a text; set again where another part of it begins from there.</summary>
    internal (IReadOnlyList<ColumnContract> Columns, bool InTable) State
    {
        get => (Columns, _inTable);
        set => (Columns, _inTable) = value;
    }

    /// <summary>From here on rows have the columns of several results, each name once.</summary>
    /// <exception cref="OpenDataException"><c>OD1204</c> when a name has two types.</exception>
    internal void Unite(IEnumerable<IReadOnlyList<ColumnContract>> results, int position)
    {
        var united = new List<ColumnContract>();
        foreach (var column in results.SelectMany(r => r))
        {
            if (united.FirstOrDefault(u => u.Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase)) is not { } known)
            {
                united.Add(column);
            }
            else if (known.Type != column.Type || known.Name != column.Name)
            {
                throw QueryErrors.At(
                    QueryErrors.WrongType, position, $"{column.Name} has two types in concat; give it two names.", $"{column.Name} có hai kiểu trong concat; hãy đặt hai tên khác nhau.");
            }
            else if (MadeOf(known) is { } made && MadeOf(column) is { } other)
            {
                _made[known] = made with { Cost = new BindingCost(Math.Max(made.Cost.Nodes, other.Cost.Nodes), Math.Max(made.Cost.Text, other.Cost.Text)), TextLength = Math.Max(made.TextLength, other.TextLength) };
            }
        }

        Columns = united;
        LeaveTable();
    }

    /// <summary>What names mean in the rows to which a relation leads.</summary>
    internal QueryScope Behind(Relation relation)
        => new(relation.Target.Contract, Limits, Now, aliases, _related) { IsNested = true, _usedAliases = _usedAliases };

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
