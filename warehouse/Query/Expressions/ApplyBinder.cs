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
    public static readonly IReadOnlyList<string> Supported = ["aggregate", "groupby", "filter", "compute", "identity", "topcount", "bottomcount"];

    private static readonly string[] Known =
        ["concat", "expand", "search", "bottomsum", "bottompercent", "topsum", "toppercent", "orderby", "skip", "top", "join", "outerjoin", "nest", "ancestors", "descendants", "traverse", "addnested"];

    private readonly QueryScope _scope;
    private readonly ExpressionParser _parser;
    private readonly List<Transformation> _steps = [];

    private ApplyBinder(string text, QueryScope scope)
    {
        _scope = scope;
        _parser = new ExpressionParser(text, scope.Limits);
    }

    /// <summary>The transformations of a whole text; the scope then has the columns of their result.</summary>
    public static IReadOnlyList<Transformation> Bind(string text, QueryScope scope)
    {
        var binder = new ApplyBinder(text, scope);
        do
        {
            binder.Step();
            if (binder._steps.Count > scope.Limits.TransformationsMax)
            {
                throw ExpressionParser.Complex(0, nameof(QueryLimits.TransformationsMax), scope.Limits.TransformationsMax);
            }
        }
        while (binder._parser.Try(TokenKind.Slash));
        binder._parser.ExpectEnd();
        return binder._steps;
    }

    private void Step()
    {
        var name = _parser.Take();
        if (name.Kind != TokenKind.Name)
        {
            throw ExpressionParser.Unexpected(name, "a transformation", "một phép biến đổi", Supported[0]);
        }

        var word = name.Text.ToLowerInvariant();
        if (word == "identity")
        {
            return;
        }

        if (!Supported.Contains(word))
        {
            throw Known.Contains(word)
                ? ExpressionParser.Unsupported(name, $"{word} in $apply", $"{word} trong $apply")
                : ExpressionParser.Unexpected(name, "a transformation", "một phép biến đổi", Spelling.Nearest(word, Supported));
        }

        Open();
        switch (word)
        {
            case "filter":
                _steps.Add(new Transformation.Filter(new ExpressionBinder(_scope).BindCondition(_parser.Expression(Operators.Lowest))));
                break;
            case "compute":
                Compute();
                break;
            case "aggregate":
                Group([], Aggregates());
                break;
            case "groupby":
                GroupBy();
                break;
            default:
                First(descending: word == "topcount");
                break;
        }

        Close();
    }

    // Columns of one step do not see each other: they are made at once.
    private void Compute()
    {
        var computed = new List<(ComputedColumn Computed, MadeColumn Made)>();
        foreach (var (node, name, position) in _parser.ComputeItems())
        {
            computed.Add(_scope.Compute(node, name, position, Taken(computed.Select(c => c.Computed.Column))));
        }

        _scope.Become(_scope.Columns, computed.Select(c => (c.Computed.Column, c.Made)));
        _steps.Add(new Transformation.Compute([.. computed.Select(c => c.Computed)]));
    }

    private void GroupBy()
    {
        Open();
        var by = new List<ColumnContract>();
        do
        {
            var name = _parser.Take();
            if (name.Kind != TokenKind.Name)
            {
                throw ExpressionParser.Unexpected(name, "a column name", "tên cột");
            }

            if (_parser.Current.Kind is TokenKind.Open or TokenKind.Slash)
            {
                throw ExpressionParser.Unsupported(name, "paths and rollup in groupby", "đường dẫn và rollup trong groupby");
            }

            var column = _scope.Column(name.Text, name.Position);
            if (ExpressionType.Of(column.Type).IsCompound)
            {
                throw QueryErrors.At(QueryErrors.WrongType, name.Position, "Geometries and lists make no groups.", "Không nhóm được theo dữ liệu hình học và danh sách.");
            }

            if (!by.Contains(column))
            {
                by.Add(column);
            }
        }
        while (_parser.Try(TokenKind.Comma));
        Close();
        if (!_parser.Try(TokenKind.Comma))
        {
            Group(by, []);
            return;
        }

        if (!_parser.TryWord("aggregate"))
        {
            throw ExpressionParser.Unsupported(_parser.Current, "anything but aggregate inside groupby", "phép nào khác aggregate trong groupby");
        }

        Open();
        Group(by, Aggregates());
        Close();
    }

    private void Group(IReadOnlyList<ColumnContract> by, IReadOnlyList<(Aggregate Aggregate, MadeColumn Made)> aggregates)
    {
        _steps.Add(new Transformation.Group(by, [.. aggregates.Select(a => a.Aggregate)]));
        _scope.Become(by, aggregates.Select(a => (a.Aggregate.Column, a.Made)));
        _scope.LoseRelations();
    }

    private List<(Aggregate Aggregate, MadeColumn Made)> Aggregates()
    {
        var aggregates = new List<(Aggregate Aggregate, MadeColumn Made)>();
        do
        {
            aggregates.Add(One(Taken(aggregates.Select(a => a.Aggregate.Column))));
            if (aggregates.Count > _scope.Limits.ComputedMax)
            {
                throw ExpressionParser.Complex(_parser.Current.Position, nameof(QueryLimits.ComputedMax), _scope.Limits.ComputedMax);
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
            throw ExpressionParser.Unexpected(_parser.Current, "with and a method", "with và một phương thức", "with sum");
        }

        var method = _parser.Take();
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
            var other => throw ExpressionParser.Unexpected(
                method, "sum, min, max, average or countdistinct", "sum, min, max, average hoặc countdistinct", Spelling.Nearest(other, ["sum", "min", "max", "average", "countdistinct"])),
        };
        var column = Named(type, taken) with { TimeZone = binder.ZoneOf(value) };
        return (new Aggregate(column, how, value), new MadeColumn(value, binder.Cost, type.Kind == ColumnKind.Text ? binder.TextLength(value) : 0));
    }

    private void First(bool descending)
    {
        var count = _parser.Take();
        if (count.Kind != TokenKind.Number || Literals.Of(count, negative: false)?.Value is not long rows)
        {
            throw ExpressionParser.Unexpected(count, "a whole number", "một số nguyên");
        }

        _parser.Expect(TokenKind.Comma, ",");
        var node = _parser.Expression(Operators.Lowest);
        var key = new ExpressionBinder(_scope).Bind(node);
        if (key.Type.IsCompound || key.Type.Kind == ValueKind.Null)
        {
            throw QueryErrors.At(QueryErrors.WrongType, node.Position, "Null, geometries and lists have no order.", "Không sắp xếp được null, dữ liệu hình học và danh sách.");
        }

        _steps.Add(new Transformation.First(rows, new OrderTerm(key, descending)));
    }

    private ColumnContract Named(ColumnType type, IReadOnlyList<ColumnContract> taken)
    {
        var name = _parser.NewName();
        return ComputedName.Column(name.Text, name.Position, type, taken);
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
