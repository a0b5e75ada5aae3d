using System.Text.Json;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Derivation;

/// <summary>
/// Lets SQL of contracts pass or refuses it, by DuckDB's own parse tree: one SELECT over declared parents, or one boolean expression
/// over the row; only forms and functions of the allow-list. What the tree says and this class does not know is refused.
/// </summary>
public sealed class SqlGuard : IDisposable
{
    /// <summary>Greatest length of one SQL text in characters.</summary>
    public const int TextLengthMax = 20_000;

    /// <summary>Name under which a rule sees the row.</summary>
    internal const string RowTable = "the_row";

    private const int TreeDepthMax = 512;

    private readonly DuckDbEngine _parser;

    /// <summary>Opens a small locked engine that parses and never runs what it parses.</summary>
    public SqlGuard()
    {
        _parser = DuckDbEngine.InMemory(new EngineOptions { Threads = 1, MemoryBytesMax = 128L << 20 });
        _parser.Lock([]);
    }

    /// <summary>All <c>sql</c> rules of a contract, checked; empty when there are none.</summary>
    /// <exception cref="OpenDataException">OD2251 to OD2255, naming the rule.</exception>
    public static IReadOnlyDictionary<SqlExpectation, GuardedSql> ForRules(DatasetContract contract)
    {
        var checkedRules = new Dictionary<SqlExpectation, GuardedSql>();
        var rules = contract.Expectations.OfType<SqlExpectation>().ToList();
        if (rules.Count == 0)
        {
            return checkedRules;
        }

        using var guard = new SqlGuard();
        var columns = contract.PublicColumns.Select(c => c.Name).ToList();
        foreach (var rule in rules)
        {
            checkedRules[rule] = guard.Rule(rule.Check, columns);
        }

        return checkedRules;
    }

    /// <summary>Checks the SELECT of a derived dataset.</summary>
    /// <param name="sql">The contract's text.</param>
    /// <param name="parents">The declared parents.</param>
    /// <exception cref="OpenDataException">OD2251 to OD2255, OD2259.</exception>
    public GuardedSql Query(string sql, IReadOnlyList<ParentTable> parents)
    {
        var text = Trimmed(sql);
        using var tree = Parse(text);
        var node = SingleNode(tree);
        var check = new SqlTreeCheck([.. parents.Select(p => p.Name)], isRule: false);
        check.Node(node);
        return new GuardedSql(text, new Lineage(new LineageReader(parents).Read(node)), check.TablesRead);
    }

    /// <summary>Checks a rule: one boolean expression over the columns of the row.</summary>
    /// <param name="sql">The contract's text.</param>
    /// <param name="columns">Public columns of the row.</param>
    /// <exception cref="OpenDataException">OD2251 to OD2255, OD2259.</exception>
    public GuardedSql Rule(string sql, IReadOnlyList<string> columns)
    {
        var text = Trimmed(sql);
        using var tree = Parse("SELECT (" + text + "\n) AS \"check\" FROM " + RowTable);
        var node = SingleNode(tree);

        // The text must fill the brackets that it was put into and nothing else.
        var expressions = node.GetProperty("select_list");
        if (expressions.GetArrayLength() != 1
            || node.EnumerateObject().Any(p => p.Name is not ("type" or "select_list" or "from_table" or "aggregate_handling"))
            || !node.TryGetProperty("from_table", out var from)
            || from.GetProperty("type").GetString() != "BASE_TABLE")
        {
            throw NotOne();
        }

        var check = new SqlTreeCheck([RowTable], isRule: true);
        check.Node(node);
        var lineage = new LineageReader([new ParentTable(RowTable, columns)]).Read(node);
        return new GuardedSql(text, new Lineage(lineage), []);
    }

    /// <inheritdoc/>
    public void Dispose() => _parser.Dispose();

    private static string Trimmed(string sql)
    {
        if (sql.Length > TextLengthMax || sql.Contains('\0', StringComparison.Ordinal))
        {
            throw new OpenDataException(DerivationErrors.OverBudget, new LocalText(
                FormattableString.Invariant($"SQL dài quá {TextLengthMax} ký tự."),
                FormattableString.Invariant($"SQL is longer than {TextLengthMax} characters.")));
        }

        return sql.Trim().TrimEnd(';').TrimEnd();
    }

    private static JsonElement SingleNode(JsonDocument tree)
    {
        var statements = tree.RootElement.TryGetProperty("statements", out var found) ? found : default;
        if (statements.ValueKind != JsonValueKind.Array
            || statements.GetArrayLength() != 1
            || statements[0].EnumerateObject().Any(p => p.Name != "node"))
        {
            throw NotOne();
        }

        return statements[0].GetProperty("node");
    }

    private static OpenDataException NotOne() => new(DerivationErrors.NotOneStatement, new LocalText(
        "SQL phải là đúng một câu SELECT, hoặc một biểu thức đúng/sai với quy tắc.",
        "SQL must be exactly one SELECT, or one boolean expression for a rule."));

    private JsonDocument Parse(string sql)
    {
        using var connection = _parser.Connect();
        var text = new SqlBuilder().Append("SELECT json_serialize_sql(").Value(sql)
            .Append("::VARCHAR, skip_null := true, skip_empty := true)").ToSql();
        using var reader = connection.Stream(text, CancellationToken.None);
        if (!reader.Read(out var chunk))
        {
            throw NotOne();
        }

        var tree = JsonDocument.Parse(chunk[0].Utf8(0).ToArray(), new JsonDocumentOptions { MaxDepth = TreeDepthMax });
        if (!tree.RootElement.GetProperty("error").GetBoolean())
        {
            return tree;
        }

        using (tree)
        {
            // The parser's message cites only the contract's own text.
            var message = tree.RootElement.TryGetProperty("error_message", out var said) ? said.GetString() ?? "" : "";
            throw new OpenDataException(DerivationErrors.NotOneStatement, new LocalText(
                $"Không đọc được SQL của hợp đồng: {message}",
                $"SQL of the contract cannot be read: {message}"));
        }
    }
}
