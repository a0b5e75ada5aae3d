using System.Text;

namespace OpenData.Warehouse.Staging;

/// <summary>
/// Counts the elements of the record arrays by brackets, strings and commas alone. It does not check the JSON; the reader does that.
/// </summary>
internal sealed class JsonCounter : IRecordCounter
{
    private const int DepthMax = 256;

    private readonly byte[][] _path;
    private readonly int[] _matched = new int[DepthMax + 1];
    private readonly bool[] _isObject = new bool[DepthMax + 1];
    private readonly List<byte> _key = [];
    private int _depth;
    private bool _inString;
    private bool _escaped;
    private bool _isKey;
    private int _next;
    private bool _elementOpen;

    public JsonCounter(IReadOnlyList<string> path)
    {
        _path = [.. path.Select(Encoding.UTF8.GetBytes)];
        _matched[0] = 0;
    }

    public long Records { get; private set; }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (_inString)
            {
                i = InString(bytes, i);
                continue;
            }

            Structure(bytes[i]);
        }
    }

    // Inside an array of records.
    private bool Counting => _depth > 0 && !_isObject[_depth] && _matched[_depth] == _path.Length;

    private int InString(ReadOnlySpan<byte> bytes, int i)
    {
        if (_escaped)
        {
            _escaped = false;
            _key.Add(bytes[i]);
            return i;
        }

        var run = bytes[i..].IndexOfAny((byte)'"', (byte)'\\');
        var end = run < 0 ? bytes.Length : i + run;
        if (_isKey && _key.Count < 1024)
        {
            _key.AddRange(bytes[i..end]);
        }

        if (end < bytes.Length)
        {
            _escaped = bytes[end] == '\\';
            _inString = _escaped;
            if (!_inString && _isKey)
            {
                var matched = _matched[_depth];
                _next = matched >= 0 && matched < _path.Length && _key.SequenceEqual(_path[matched]) ? matched + 1 : -1;
            }
        }

        return end;
    }

    private void Structure(byte b)
    {
        if (b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            return;
        }

        if (b is (byte)']' or (byte)'}')
        {
            _depth = Math.Max(0, _depth - 1);
            _elementOpen = true;
            return;
        }

        if (b == ',')
        {
            _elementOpen = false;
            return;
        }

        if (Counting && !_elementOpen)
        {
            Records++;
            _elementOpen = true;
        }

        if (b == '"')
        {
            _inString = true;

            // In an object every second string is a key; the value's own string changes nothing, because a value that is a string
            // opens no container.
            _isKey = _depth > 0 && _isObject[_depth] && !_elementOpen;
            _elementOpen = true;
            _key.Clear();
        }
        else if (b is (byte)'{' or (byte)'[')
        {
            var matched = _depth == 0 ? 0 : _isObject[_depth] ? _next : -1;
            _depth = Math.Min(DepthMax, _depth + 1);
            _matched[_depth] = matched;
            _isObject[_depth] = b == '{';
            _elementOpen = false;
        }
    }
}
