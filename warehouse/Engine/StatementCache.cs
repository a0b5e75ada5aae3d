using System.Diagnostics.CodeAnalysis;
using DuckDB.NET.Native;

namespace OpenData.Warehouse.Engine;

/// <summary>Prepared statements of one connection by their text, least recently used out first. Preparing costs 0.1 ms each.</summary>
internal sealed class StatementCache(DuckDBNativeConnection connection, int statementsMax) : IDisposable
{
    private readonly Dictionary<string, LinkedListNode<(string Text, DuckDBPreparedStatement Statement)>> _byText =
        new(StringComparer.Ordinal);

    private readonly LinkedList<(string Text, DuckDBPreparedStatement Statement)> _newestFirst = new();

    public bool TryGet(string text, [NotNullWhen(true)] out DuckDBPreparedStatement? statement, out string error)
    {
        error = "";
        if (_byText.TryGetValue(text, out var node))
        {
            _newestFirst.Remove(node);
            _newestFirst.AddFirst(node);
            statement = node.Value.Statement;
            return true;
        }

        var state = NativeMethods.PreparedStatements.DuckDBPrepare(connection, text, out statement);
        if (!state.IsSuccess())
        {
            error = NativeMethods.PreparedStatements.DuckDBPrepareError(statement);
            statement.Dispose();
            statement = null;
            return false;
        }

        _byText[text] = _newestFirst.AddFirst((text, statement));
        if (_byText.Count > Math.Max(1, statementsMax))
        {
            Drop(_newestFirst.Last!.Value.Text);
        }

        return true;
    }

    public void Drop(string text)
    {
        if (_byText.Remove(text, out var node))
        {
            _newestFirst.Remove(node);
            node.Value.Statement.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var (_, statement) in _newestFirst)
        {
            statement.Dispose();
        }

        _newestFirst.Clear();
        _byText.Clear();
    }
}
