using System.Text;
using System.Text.Json;

namespace OpenData.Warehouse.Staging;

/// <summary>
/// Gives the properties of one JSON record to the sink, by the paths of the contract (<c>a.b</c> is b inside a). Values are raw: numbers
/// keep their digits. Unknown names are noted once.
/// </summary>
internal sealed class JsonFields
{
    private const int UnknownMax = 200;

    private readonly Node _root = new("", -1);
    private readonly SortedSet<string> _unknown = new(StringComparer.Ordinal);
    private readonly bool[] _seen;
    private readonly bool _hasAnnotations;
    private byte[] _text = new byte[256];

    /// <param name="shape">The contract's columns.</param>
    /// <param name="pathOf">The path of each column in a record, names joined by points.</param>
    /// <param name="hasAnnotations">True where a name with @ tells of another one, as in OData, and is none of the record's own.</param>
    public JsonFields(RecordShape shape, Func<int, string> pathOf, bool hasAnnotations)
    {
        _hasAnnotations = hasAnnotations;
        _seen = new bool[shape.Columns.Count];
        for (var column = 0; column < shape.Columns.Count; column++)
        {
            _root.At(pathOf(column).Split('.')).Column = column;
        }

        // Personal fields are known and passed over.
        foreach (var personal in shape.Contract.Columns.Where(c => c.Personal))
        {
            _root.At(CellText.Tidy(personal.SourceName).Split('.'));
        }
    }

    /// <summary>Names at the record's own level, or inside an object that the contract looks into, that the contract does not know.</summary>
    public IReadOnlyCollection<string> Unknown => _unknown;

    /// <summary>Columns that no record had.</summary>
    public IReadOnlyList<int> NeverSeen => [.. Enumerable.Range(0, _seen.Length).Where(c => !_seen[c])];

    /// <summary>Adds a known name that feeds no column.</summary>
    public void Know(string path) => _root.At(path.Split('.'));

    /// <summary>Reads one record that is one whole JSON value.</summary>
    /// <param name="json">The value.</param>
    /// <param name="proven">True when it is known to be sound JSON.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="sink">Where its cells go.</param>
    public void Read(ReadOnlySpan<byte> json, bool proven, long offset, IRecordSink sink)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            // A record is begun only when it is known to be sound, so that no refusal has to undo one.
            if (!proven)
            {
                Prove(json);
            }

            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                sink.Refuse(offset, null, StagingRules.NotAnObject, json);
                return;
            }
        }
        catch (JsonException)
        {
            sink.Refuse(offset, null, StagingRules.MalformedJson, json);
            return;
        }

        sink.Begin(offset);
        Object(ref reader, json, _root, "", sink);
        sink.End();
    }

    private static void Prove(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
        }
    }

    private void Object(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, Node node, string prefix, IRecordSink sink)
    {
        var guess = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var child = node.Find(ref reader, ref guess) ?? Note(ref reader, node, prefix);
            reader.Read();
            if (child is { HasChildren: true } && reader.TokenType == JsonTokenType.StartObject)
            {
                if (child.Column >= 0)
                {
                    // A column on the way to others takes the whole object too.
                    var whole = reader;
                    Value(ref whole, json, child.Column, sink);
                }

                Object(ref reader, json, child, prefix + child.Name + ".", sink);
                continue;
            }

            if (child is { Column: >= 0 })
            {
                Value(ref reader, json, child.Column, sink);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, int column, IRecordSink sink)
    {
        _seen[column] = true;
        switch (reader.TokenType)
        {
            case JsonTokenType.String when !reader.ValueIsEscaped:
                sink.Cell(column, reader.ValueSpan, CellForm.Text);
                break;
            case JsonTokenType.String:
                Escaped(ref reader, column, sink);
                break;
            case JsonTokenType.Number:
                sink.Cell(column, reader.ValueSpan, CellForm.Number);
                break;
            case JsonTokenType.True:
                sink.Cell(column, reader.ValueSpan, CellForm.True);
                break;
            case JsonTokenType.False:
                sink.Cell(column, reader.ValueSpan, CellForm.False);
                break;
            case JsonTokenType.Null:
                sink.Cell(column, default, CellForm.Null);
                break;
            default:
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                sink.Cell(column, json[start..(int)reader.BytesConsumed], CellForm.Composite);
                break;
        }
    }

    private void Escaped(ref Utf8JsonReader reader, int column, IRecordSink sink)
    {
        if (_text.Length < reader.ValueSpan.Length)
        {
            _text = new byte[reader.ValueSpan.Length * 2];
        }

        int length;
        try
        {
            length = reader.CopyString(_text);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair as an escape is no text.
            sink.Fault(column, StagingRules.MalformedJson, reader.ValueSpan);
            return;
        }

        sink.Cell(column, _text.AsSpan(0, length), CellForm.Text);
    }

    private Node? Note(ref Utf8JsonReader reader, Node node, string prefix)
    {
        if (_unknown.Count >= UnknownMax)
        {
            return null;
        }

        try
        {
            var name = reader.GetString()!;
            if (_hasAnnotations && name.Contains('@', StringComparison.Ordinal))
            {
                return node.Add(name);
            }

            _unknown.Add(CellText.Tidy(prefix + name));
            return node.Add(name);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>One name on the way to columns.</summary>
    private sealed class Node(string name, int column)
    {
        private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(name);
        private readonly List<Node> _children = [];

        public string Name { get; } = name;

        public int Column { get; set; } = column;

        public bool HasChildren => _children.Count > 0;

        public Node At(ReadOnlySpan<string> path)
        {
            if (path.IsEmpty)
            {
                return this;
            }

            var first = path[0];
            return (_children.Find(c => c.Name == first) ?? Add(first)).At(path[1..]);
        }

        public Node Add(string childName)
        {
            var child = new Node(childName, -1);
            _children.Add(child);
            return child;
        }

        // Records of one source list their names in one order, so the next child is nearly always right.
        public Node? Find(ref Utf8JsonReader reader, ref int guess)
        {
            for (var i = 0; i < _children.Count; i++)
            {
                var at = guess + i;
                at = at >= _children.Count ? at - _children.Count : at;
                var child = _children[at];
                if (reader.ValueIsEscaped ? reader.ValueTextEquals(child._utf8) : reader.ValueSpan.SequenceEqual(child._utf8))
                {
                    guess = at + 1 >= _children.Count ? 0 : at + 1;
                    return child;
                }
            }

            return null;
        }
    }
}
