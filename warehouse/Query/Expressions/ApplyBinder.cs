using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>
/// Text of <c>$apply</c> → transformations, each against the columns that the one before it leaves. What is not implemented is refused by
/// name; <see cref="Supported"/> is the list.
/// </summary>
internal sealed class ApplyBinder
{
    /// <summary>The transformations that work, by their names in OData.</summary>
    public static readonly IReadOnlyList<string> Supported =
    [
        "aggregate", "groupby", "filter", "search", "compute", "concat", "identity", "orderby", "top", "skip",
        "topcount", "topsum", "toppercent", "bottomcount", "bottomsum", "bottompercent",
    ];

    private static readonly string[] Known =
        ["expand", "join", "outerjoin", "nest", "addnested", "ancestors", "descendants", "traverse"];

    private readonly string _text;
    private readonly QueryScope _scope;
    private readonly ExpressionParser _parser;
    private int _count;

    private ApplyBinder(string text, QueryScope scope)
    {
        _text = text;
        _scope = scope;
        _parser = new ExpressionParser(text, scope.Limits);
    }

    /// <summary>The transformations of a whole text; the scope then has the columns of their result.</summary>
    public static IReadOnlyList<Transformation> Bind(string text, QueryScope scope)
    {
        var binder = new ApplyBinder(text, scope);
        var steps = binder.Sequence([], []);
        binder._parser.ExpectEnd();
        return steps;
    }

    /// <summary>Transformations one behind another, within each group of these columns by itself, behind those that have been before.</summary>
    private List<Transformation> Sequence(IReadOnlyList<ColumnContract> within, IReadOnlyList<Transformation> before)
    {
        var steps = new List<Transformation>();
        do
        {
            // Counted before it is read: steps stand inside steps, too.
            if (++_count > _scope.Limits.TransformationsMax)
            {
                throw SyntaxErrors.Complex(0, nameof(QueryLimits.TransformationsMax), _scope.Limits.TransformationsMax);
            }

            steps.AddRange(Step(within, [.. before, .. steps]));
        }
        while (_parser.Try(TokenKind.Slash));
        return steps;
    }

    private IReadOnlyList<Transformation> Step(IReadOnlyList<ColumnContract> within, IReadOnlyList<Transformation> before)
    {
        var name = _parser.Take();
        if (name.Kind != TokenKind.Name)
        {
            throw SyntaxErrors.Unexpected(name, "a transformation", "một phép biến đổi", Supported[0]);
        }

        var word = name.Text.ToLowerInvariant();
        if (word == "identity")
        {
            return [];
        }

        if (!Supported.Contains(word))
        {
            throw Known.Contains(word) || word.Contains('.', StringComparison.Ordinal)
                ? SyntaxErrors.Unsupported(name, $"{word} in $apply", $"{word} trong $apply")
                : SyntaxErrors.Unexpected(name, "a transformation", "một phép biến đổi", Spelling.Nearest(word, Supported));
        }

        // A group from which all rows are gone would still be one row; in SQL it is none.
        if (word == "aggregate" && within.Count > 0 && before.Any(MayEmptyAGroup))
        {
            throw SyntaxErrors.Unsupported(
                name, "aggregate behind a step that leaves out rows, inside groupby; put that step before groupby", "aggregate sau bước bỏ bớt dòng bên trong groupby; hãy đặt bước đó trước groupby");
        }

        Open();
        IReadOnlyList<Transformation> steps = word switch
        {
            "filter" => [new Transformation.Filter(new ExpressionBinder(_scope).BindCondition(_parser.Expression(Operators.Lowest)))],
            "search" => [new Transformation.Filter(Search())],
            "compute" => [Compute()],
            "concat" => [Concat(within, before)],
            "aggregate" => [Group(within, [], Aggregates())],
            "groupby" => GroupBy(within),
            "orderby" => [new Transformation.Sort([.. _parser.OrderItems().Select(i => Term(i.Node, i.Descending))])],
            "top" => [new Transformation.Slice(0, Count())],
            "skip" => [new Transformation.Slice(Count(), null)],
            _ => [First(word)],
        };
        Close();
        return [.. steps.Select(s => s.Within.Count == 0 ? s with { Within = within } : s)];
    }

    private static bool MayEmptyAGroup(Transformation step) => step is Transformation.Filter or Transformation.Slice or Transformation.First { Count: 0 } or Transformation.Until
        || (step is Transformation.Concat concat && concat.Branches.All(b => b.Steps.Any(MayEmptyAGroup)));

    // Words are read as they stand, not as tokens of expressions.
    private BoundExpression Search()
    {
        var (start, end) = _parser.SkipToClose();
        return Located.Within(_text[start..end], start, _scope.Search);
    }

    // Columns of one step do not see each other: they are made at once.
    private Transformation.Compute Compute()
    {
        var computed = new List<(ComputedColumn Computed, MadeColumn Made)>();
        foreach (var (node, name, position) in _parser.ComputeItems())
        {
            computed.Add(_scope.Compute(node, name, position, Taken(computed.Select(c => c.Computed.Column))));
        }

        _scope.Become(_scope.Columns, computed.Select(c => (c.Computed.Column, c.Made)));
        return new Transformation.Compute([.. computed.Select(c => c.Computed)]);
    }

    private Transformation.Concat Concat(IReadOnlyList<ColumnContract> within, IReadOnlyList<Transformation> before)
    {
        var start = _scope.State;
        var position = _parser.Current.Position;
        var branches = new List<(IReadOnlyList<Transformation> Steps, IReadOnlyList<ColumnContract> Columns)>();
        do
        {
            _scope.State = start;
            branches.Add((Sequence(within, before), _scope.Columns));
        }
        while (_parser.Try(TokenKind.Comma));
        if (branches.Count < 2)
        {
            throw SyntaxErrors.Unexpected(_parser.Current, "a comma and another sequence", "dấu phẩy và một chuỗi phép biến đổi khác");
        }

        _scope.Unite(branches.Select(b => b.Columns), position);
        return new Transformation.Concat(branches, _scope.Columns);
    }

    private List<Transformation> GroupBy(IReadOnlyList<ColumnContract> within)
    {
        Open();
        var by = within.ToList();
        List<ColumnContract> rollup = [];
        do
        {
            if (_parser.TryWord("rollup"))
            {
                var word = _parser.Current;
                rollup = rollup.Count == 0 ? Rollup(by) : throw SyntaxErrors.Unsupported(word, "more than one rollup", "nhiều hơn một rollup");
            }
            else if (GroupColumn() is var column && !by.Contains(column) && !rollup.Contains(column))
            {
                by.Add(column);
            }
        }
        while (_parser.Try(TokenKind.Comma));
        Close();
        by.AddRange(rollup);
        if (!_parser.Try(TokenKind.Comma))
        {
            return [Group(by, rollup, [])];
        }

        if (rollup.Count == 0)
        {
            return Sequence(by, []);
        }

        var inner = _parser.Current;
        if (!_parser.TryWord("aggregate"))
        {
            throw SyntaxErrors.Unsupported(inner, "anything but aggregate behind rollup", "phép nào khác aggregate sau rollup");
        }

        Open();
        var group = Group(by, rollup, Aggregates());
        Close();
        return _parser.Current.Kind == TokenKind.Slash
            ? throw SyntaxErrors.Unsupported(_parser.Current, "anything but aggregate behind rollup", "phép nào khác aggregate sau rollup")
            : [group];
    }

    private List<ColumnContract> Rollup(List<ColumnContract> by)
    {
        Open();
        var levels = new List<ColumnContract>();
        do
        {
            var at = _parser.Current;
            var column = GroupColumn();
            if (by.Contains(column) || levels.Contains(column))
            {
                throw SyntaxErrors.Unexpected(at, "another column", "một cột khác");
            }

            levels.Add(column);
        }
        while (_parser.Try(TokenKind.Comma));
        if (levels.Count < 2)
        {
            throw SyntaxErrors.Unexpected(_parser.Current, "a comma and a finer level", "dấu phẩy và một cấp chi tiết hơn");
        }

        Close();
        return levels;
    }

    private ColumnContract GroupColumn()
    {
        var name = _parser.Take();
        if (name.Kind != TokenKind.Name)
        {
            throw SyntaxErrors.Unexpected(name, "a column name", "tên cột");
        }

        if (_parser.Current.Kind is TokenKind.Open or TokenKind.Slash)
        {
            throw SyntaxErrors.Unsupported(name, "paths in groupby; use compute(path as name) before", "đường dẫn trong groupby; hãy dùng compute(đường_dẫn as tên) trước đó");
        }

        var column = _scope.Column(name.Text, name.Position);
        return ExpressionType.Of(column.Type).IsCompound
            ? throw QueryErrors.At(QueryErrors.WrongType, name.Position, "Geometries and lists make no groups.", "Không nhóm được theo dữ liệu hình học và danh sách.")
            : column;
    }

    private Transformation.Group Group(IReadOnlyList<ColumnContract> by, IReadOnlyList<ColumnContract> rollup, IReadOnlyList<(Aggregate Aggregate, MadeColumn Made)> aggregates)
    {
        _scope.Become(by, aggregates.Select(a => (a.Aggregate.Column, a.Made)));
        _scope.LeaveTable();
        return new Transformation.Group(by, [.. aggregates.Select(a => a.Aggregate)]) { Rollup = rollup };
    }

    private List<(Aggregate Aggregate, MadeColumn Made)> Aggregates()
    {
        var aggregates = new List<(Aggregate Aggregate, MadeColumn Made)>();
        do
        {
            aggregates.Add(One(Taken(aggregates.Select(a => a.Aggregate.Column))));
            if (aggregates.Count > _scope.Limits.ComputedMax)
            {
                throw SyntaxErrors.Complex(_parser.Current.Position, nameof(QueryLimits.ComputedMax), _scope.Limits.ComputedMax);
            }
        }
        while (_parser.Try(TokenKind.Comma));
        return aggregates;
    }

    private (Aggregate Aggregate, MadeColumn Made) One(IReadOnlyList<ColumnContract> taken)
    {
        if (_parser.TryWord("$count"))
        {
            return (new Aggregate(Named(new ColumnType(ColumnKind.Integer), taken), AggregateMethod.Count, null), default);
        }

        var node = _parser.Expression(Operators.Lowest);
        if (!_parser.TryWord("with"))
        {
            throw SyntaxErrors.Unexpected(_parser.Current, "with and a method", "with và một phương thức", "with sum");
        }

        var method = _parser.Take();
        if (method.Text.Contains('.', StringComparison.Ordinal))
        {
            throw SyntaxErrors.Unsupported(method, "methods of your own", "phương thức riêng");
        }

        var binder = new ExpressionBinder(_scope);
        var value = binder.Bind(node);
        var own = QueryScope.TypeOf(value, node.Position);
        var (how, type) = method.Text.ToLowerInvariant() switch
        {
            "sum" => (AggregateMethod.Sum, SumType(value, node.Position)),
            "average" when value.Type.IsNumeric => (AggregateMethod.Average, new ColumnType(ColumnKind.Float)),
            "average" => throw NoNumber(node.Position),
            "min" => (AggregateMethod.Min, own),
            "max" => (AggregateMethod.Max, own),
            "countdistinct" => (AggregateMethod.CountDistinct, new ColumnType(ColumnKind.Integer)),
            var other => throw SyntaxErrors.Unexpected(
                method, "sum, min, max, average or countdistinct", "sum, min, max, average hoặc countdistinct", Spelling.Nearest(other, ["sum", "min", "max", "average", "countdistinct"])),
        };
        if (_parser.Current is { Kind: TokenKind.Name, Text: "from" } from)
        {
            throw SyntaxErrors.Unsupported(from, "from in aggregate", "from trong aggregate");
        }

        var column = Named(type, taken) with { TimeZone = binder.ZoneOf(value) };
        return (new Aggregate(column, how, value), new MadeColumn(value, binder.Cost, type.Kind == ColumnKind.Text ? binder.TextLength(value) : 0));
    }

    // topcount, topsum, toppercent and their like from below.
    private Transformation First(string word)
    {
        var descending = word.StartsWith("top", StringComparison.Ordinal);
        var isCount = word.EndsWith("count", StringComparison.Ordinal);
        var token = _parser.Take();
        if (token.Kind != TokenKind.Number || Literals.Of(token, negative: false) is not { } limit || (isCount && limit.Value is not long))
        {
            throw SyntaxErrors.Unexpected(token, isCount ? "a whole number" : "a number", isCount ? "một số nguyên" : "một số");
        }

        _parser.Expect(TokenKind.Comma, ",");
        var node = _parser.Expression(Operators.Lowest);
        var order = Term(node, descending);
        if (isCount)
        {
            return new Transformation.First((long)limit.Value!, order);
        }

        return order.Key.Type.IsNumeric ? new Transformation.Until(limit, word.EndsWith("percent", StringComparison.Ordinal), order) : throw NoNumber(node.Position);
    }

    private OrderTerm Term(SyntaxNode node, bool descending)
    {
        var key = new ExpressionBinder(_scope).Bind(node);
        return key.Type.IsCompound || key.Type.Kind == ValueKind.Null
            ? throw QueryErrors.At(QueryErrors.WrongType, node.Position, "Null, geometries and lists have no order.", "Không sắp xếp được null, dữ liệu hình học và danh sách.")
            : new OrderTerm(key, descending);
    }

    private long Count()
    {
        var token = _parser.Take();
        return token.Kind == TokenKind.Number && Literals.Of(token, negative: false)?.Value is long count
            ? count
            : throw SyntaxErrors.Unexpected(token, "a whole number", "một số nguyên");
    }

    private ColumnContract Named(ColumnType type, IReadOnlyList<ColumnContract> taken)
    {
        var name = _parser.NewName();
        return ComputedName.Column(name.Text, name.Position, type, taken, _scope.RelationNames);
    }

    // A name of the dataset would be read as its column by clients, even where the step before has left it out.
    private IReadOnlyList<ColumnContract> Taken(IEnumerable<ColumnContract> more) => [.. RowKey.QueryColumns(_scope.Contract), .. _scope.Columns, .. more];

    private static ColumnType SumType(BoundExpression value, int position) => value.Type.Kind switch
    {
        ValueKind.Integer => new ColumnType(ColumnKind.Decimal, 38),
        ValueKind.Decimal => new ColumnType(ColumnKind.Decimal, 38, value.Type.Scale),
        ValueKind.Double => new ColumnType(ColumnKind.Float),
        ValueKind.Duration => new ColumnType(ColumnKind.Duration),
        _ => throw NoNumber(position),
    };

    private static OpenDataException NoNumber(int position)
        => QueryErrors.At(QueryErrors.WrongType, position, "Only numbers can be added up.", "Chỉ cộng được các số.");

    private void Open() => _parser.Expect(TokenKind.Open, "(");

    private void Close() => _parser.Expect(TokenKind.Close, ")");
}
