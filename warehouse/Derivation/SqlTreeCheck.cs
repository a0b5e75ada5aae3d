using System.Text.Json;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Derivation;

/// <summary>
/// Walks DuckDB's parse tree and refuses what is not on the list, member by member: a form or a member that a later DuckDB adds is
/// refused until somebody looks at it.
/// </summary>
/// <param name="tables">Tables that may be read.</param>
/// <param name="isRule">True for a rule: no subselects, stars, windows or aggregates.</param>
internal sealed class SqlTreeCheck(IReadOnlyList<string> tables, bool isRule)
{
    private const int NestingMax = 8;
    private const int ConcatenationsMax = 64;

    private readonly SortedSet<string> _read = new(StringComparer.Ordinal);
    private readonly Stack<string> _withs = new();
    private int _nesting;
    private int _concatenations;

    /// <summary>Parents read so far, sorted.</summary>
    public IReadOnlyList<string> TablesRead => [.. _read];

    /// <summary>Checks a SELECT or a set operation.</summary>
    public void Node(JsonElement node)
    {
        if (++_nesting > NestingMax)
        {
            throw OverBudget("subselects nest too deep", "truy vấn con lồng quá sâu");
        }

        var withs = _withs.Count;
        if (node.TryGetProperty("cte_map", out var ctes))
        {
            Ctes(ctes);
        }

        switch (Text(node, "type"))
        {
            case "SELECT_NODE":
                Members(node, "type", "modifiers", "cte_map", "select_list", "from_table", "where_clause", "group_expressions", "group_sets",
                    "aggregate_handling", "having", "qualify");
                Each(node, "select_list", Expression);
                Optional(node, "from_table", Table);
                Optional(node, "where_clause", Expression);
                Each(node, "group_expressions", Expression);
                Optional(node, "having", Expression);
                Optional(node, "qualify", Expression);
                break;
            case "SET_OPERATION_NODE":
                Members(node, "type", "modifiers", "cte_map", "setop_type", "left", "right", "setop_all", "children");
                Optional(node, "left", Node);
                Optional(node, "right", Node);
                Each(node, "children", Node);
                break;
            case var other:
                throw Refused(other);
        }

        Each(node, "modifiers", Modifier);
        while (_withs.Count > withs)
        {
            _withs.Pop();
        }

        _nesting--;
    }

    private void Ctes(JsonElement ctes)
    {
        Members(ctes, "map");
        foreach (var cte in ctes.TryGetProperty("map", out var map) ? map.EnumerateArray() : default)
        {
            Members(cte, "key", "value");
            var value = cte.GetProperty("value");
            Members(value, "query", "materialized", "aliases");
            var query = value.GetProperty("query");
            Members(query, "node");
            Node(query.GetProperty("node"));
            _withs.Push(Text(cte, "key"));
        }
    }

    private void Modifier(JsonElement modifier)
    {
        switch (Text(modifier, "type"))
        {
            case "ORDER_MODIFIER":
                Members(modifier, "type", "orders");
                Each(modifier, "orders", Order);
                break;
            case "LIMIT_MODIFIER":
                Members(modifier, "type", "limit", "offset");
                Optional(modifier, "limit", Expression);
                Optional(modifier, "offset", Expression);
                break;
            case "DISTINCT_MODIFIER":
                Members(modifier, "type", "distinct_on_targets");
                Each(modifier, "distinct_on_targets", Expression);
                break;
            case var other:
                throw Refused(other);
        }
    }

    private void Order(JsonElement order)
    {
        Members(order, "type", "null_order", "expression");
        Expression(order.GetProperty("expression"));
    }

    private void Table(JsonElement table)
    {
        switch (Text(table, "type"))
        {
            case "BASE_TABLE":
                Members(table, "type", "alias", "query_location", "table_name", "column_name_alias");
                BaseTable(Text(table, "table_name"));
                break;
            case "SUBQUERY":
                Members(table, "type", "alias", "query_location", "subquery", "column_name_alias");
                Members(table.GetProperty("subquery"), "node");
                Node(table.GetProperty("subquery").GetProperty("node"));
                break;
            case "JOIN":
                Members(table, "type", "alias", "query_location", "left", "right", "condition", "join_type", "ref_type", "using_columns", "delim_flipped");
                OneOf(table, "ref_type", "REGULAR", "CROSS");
                OneOf(table, "join_type", "INNER", "LEFT", "RIGHT", "OUTER", "SEMI", "ANTI");
                Table(table.GetProperty("left"));
                Table(table.GetProperty("right"));
                Optional(table, "condition", Expression);
                break;
            case "EXPRESSION_LIST":
                Members(table, "type", "alias", "query_location", "values", "column_name_alias");
                Each(table, "values", row =>
                {
                    foreach (var value in row.EnumerateArray())
                    {
                        Expression(value);
                    }
                });
                break;
            case "EMPTY":
                Members(table, "type", "alias", "query_location");
                break;
            case var other:
                throw Refused(other);
        }
    }

    private void BaseTable(string name)
    {
        if (_withs.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return;
        }

        var parent = tables.FirstOrDefault(t => string.Equals(t, name, StringComparison.OrdinalIgnoreCase));
        _read.Add(parent ?? throw new OpenDataException(DerivationErrors.UnknownTable, new LocalText(
            $"{name} không phải tập dữ liệu cha đã khai báo.",
            $"{name} is not a declared parent.")));
    }

    private void Expression(JsonElement expression)
    {
        switch (Text(expression, "class"))
        {
            case "COLUMN_REF":
                ExpressionMembers(expression, "column_names");
                if (expression.GetProperty("column_names").GetArrayLength() > 2)
                {
                    throw Refused("a name of more than two parts");
                }

                break;
            case "CONSTANT":
                ExpressionMembers(expression, "value");
                break;
            case "COMPARISON":
                ExpressionMembers(expression, "left", "right");
                Expression(expression.GetProperty("left"));
                Expression(expression.GetProperty("right"));
                break;
            case "CONJUNCTION":
                ExpressionMembers(expression, "children");
                Each(expression, "children", Expression);
                break;
            case "OPERATOR":
                ExpressionMembers(expression, "children");
                OneOf(expression, "type", "OPERATOR_NOT", "OPERATOR_IS_NULL", "OPERATOR_IS_NOT_NULL", "OPERATOR_COALESCE", "OPERATOR_NULLIF", "COMPARE_IN",
                    "COMPARE_NOT_IN");
                Each(expression, "children", Expression);
                break;
            case "BETWEEN":
                ExpressionMembers(expression, "input", "lower", "upper");
                Expression(expression.GetProperty("input"));
                Expression(expression.GetProperty("lower"));
                Expression(expression.GetProperty("upper"));
                break;
            case "CASE":
                ExpressionMembers(expression, "case_checks", "else_expr");
                Each(expression, "case_checks", check =>
                {
                    Members(check, "when_expr", "then_expr");
                    Expression(check.GetProperty("when_expr"));
                    Expression(check.GetProperty("then_expr"));
                });
                Optional(expression, "else_expr", Expression);
                break;
            case "CAST":
                ExpressionMembers(expression, "child", "cast_type", "try_cast");
                CastType(expression.GetProperty("cast_type"));
                Expression(expression.GetProperty("child"));
                break;
            case "FUNCTION":
                Function(expression);
                break;
            case "WINDOW" when !isRule:
                Window(expression);
                break;
            case "SUBQUERY" when !isRule:
                ExpressionMembers(expression, "subquery_type", "subquery", "child", "comparison_type");
                Members(expression.GetProperty("subquery"), "node");
                Node(expression.GetProperty("subquery").GetProperty("node"));
                Optional(expression, "child", Expression);
                break;
            case "STAR" when !isRule:
                ExpressionMembers(expression, "relation_name", "exclude_list", "columns");
                if (expression.GetProperty("columns").GetBoolean())
                {
                    throw Refused("COLUMNS(…)");
                }

                break;
            case var other:
                throw Refused(other);
        }
    }

    private void Function(JsonElement function)
    {
        ExpressionMembers(function, "function_name", "schema", "children", "filter", "order_bys", "distinct", "is_operator", "export_state");
        var name = Text(function, "function_name").ToLowerInvariant();
        var isAggregate = SqlFunctions.Aggregates.Contains(name);
        var allowed = SqlFunctions.Operators.Contains(name) || SqlFunctions.Scalars.Contains(name) || (isAggregate && !isRule);
        if (!allowed || (function.TryGetProperty("schema", out var schema) && schema.GetString() is not ("" or "main")))
        {
            throw FunctionRefused(name);
        }

        var arguments = function.TryGetProperty("children", out var children) ? children.EnumerateArray().ToList() : [];
        Budget(name, arguments);
        arguments.ForEach(Expression);
        Optional(function, "filter", Expression);
        if (function.TryGetProperty("order_bys", out var orders))
        {
            Modifier(orders);
        }
    }

    // What makes long text out of short: joining, and replacing by something longer.
    private void Budget(string name, List<JsonElement> arguments)
    {
        if (name is "||" or "concat" && (_concatenations += Math.Max(1, arguments.Count - 1)) > ConcatenationsMax)
        {
            throw OverBudget("too many concatenations", "nối chuỗi quá nhiều lần");
        }

        if (name == "replace"
            && (arguments.Count != 3 || Constant(arguments[1]) is not { } before || Constant(arguments[2]) is not { } after || after.Length > before.Length))
        {
            throw OverBudget("replace takes constants and must not lengthen", "replace chỉ nhận hằng và không được làm dài thêm");
        }
    }

    private void Window(JsonElement window)
    {
        ExpressionMembers(window, "function_name", "schema", "children", "partitions", "orders", "start", "end", "start_expr", "end_expr", "offset_expr",
            "default_expr", "filter_expr", "ignore_nulls", "exclude_clause", "distinct", "arg_orders");
        var name = Text(window, "function_name").ToLowerInvariant();
        if (!SqlFunctions.Windows.Contains(name) && !SqlFunctions.Aggregates.Contains(name))
        {
            throw FunctionRefused(name);
        }

        Each(window, "children", Expression);
        Each(window, "partitions", Expression);
        Each(window, "orders", Order);
        Each(window, "arg_orders", Order);
        foreach (var member in (string[])["start_expr", "end_expr", "offset_expr", "default_expr", "filter_expr"])
        {
            Optional(window, member, Expression);
        }
    }

    private static void CastType(JsonElement type)
    {
        Members(type, "id", "type_info");
        if (!SqlFunctions.CastTypes.Contains(Text(type, "id")))
        {
            throw Refused("CAST to " + Text(type, "id"));
        }
    }

    private static string? Constant(JsonElement expression)
        => Text(expression, "class") == "CONSTANT" && expression.GetProperty("value").TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static void ExpressionMembers(JsonElement expression, params ReadOnlySpan<string> known)
    {
        foreach (var member in expression.EnumerateObject())
        {
            if (member.Name is not ("class" or "type" or "alias" or "query_location") && !known.Contains(member.Name))
            {
                throw Refused(member.Name);
            }
        }
    }

    private static void Members(JsonElement element, params ReadOnlySpan<string> known)
    {
        foreach (var member in element.EnumerateObject())
        {
            if (!known.Contains(member.Name))
            {
                throw Refused(member.Name);
            }
        }
    }

    private static void OneOf(JsonElement element, string member, params ReadOnlySpan<string> known)
    {
        if (!known.Contains(Text(element, member)))
        {
            throw Refused(Text(element, member));
        }
    }

    private static void Optional(JsonElement element, string member, Action<JsonElement> check)
    {
        if (element.TryGetProperty(member, out var value))
        {
            check(value);
        }
    }

    private static void Each(JsonElement element, string member, Action<JsonElement> check)
    {
        if (element.TryGetProperty(member, out var values))
        {
            foreach (var value in values.EnumerateArray())
            {
                check(value);
            }
        }
    }

    private static string Text(JsonElement element, string member)
        => element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";

    private static OpenDataException Refused(string form) => new(DerivationErrors.FormRefused, new LocalText(
        $"SQL của hợp đồng không được dùng: {form}.",
        $"SQL of contracts may not use: {form}."));

    private static OpenDataException FunctionRefused(string name) => new(DerivationErrors.FunctionRefused, new LocalText(
        $"SQL của hợp đồng không được gọi hàm {name}.",
        $"SQL of contracts may not call the function {name}."));

    private static OpenDataException OverBudget(string why, string viWhy) => new(DerivationErrors.OverBudget, new LocalText(
        $"SQL của hợp đồng vượt giới hạn: {viWhy}.",
        $"SQL of the contract is over its budget: {why}."));
}
