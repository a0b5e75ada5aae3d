namespace OpenData.Warehouse.Staging;

/// <summary>
/// Counts CSV records on its own: a quote opens a field only at the field's start, a doubled quote inside stays inside, lines without a
/// single byte are no records. Shares no code with the reader, so that a fault in either shows as a difference.
/// </summary>
internal sealed class CsvCounter(byte delimiter, byte quote) : IRecordCounter
{
    private bool _inQuote;
    private bool _quotePending;
    private bool _lineHasBytes;
    private byte _previous = (byte)'\n';
    private long _ended;

    /// <summary>Records so far, the one under way included.</summary>
    public long Records => _ended + (_lineHasBytes ? 1 : 0);

    /// <summary>True when the bytes so far end inside a quoted field.</summary>
    public bool EndsInQuote => _inQuote && !_quotePending;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = _inQuote ? Quoted(bytes) : Plain(bytes);
        }
    }

    private ReadOnlySpan<byte> Quoted(ReadOnlySpan<byte> bytes)
    {
        if (_quotePending)
        {
            _quotePending = false;
            if (bytes[0] == quote)
            {
                return bytes[1..];
            }

            _inQuote = false;
            _previous = quote;
            return bytes;
        }

        var at = bytes.IndexOf(quote);
        if (at < 0)
        {
            return [];
        }

        _quotePending = true;
        return bytes[(at + 1)..];
    }

    private ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> bytes)
    {
        var at = bytes.IndexOfAny(quote, (byte)'\r', (byte)'\n');
        var before = at < 0 ? bytes.Length : at;
        if (before > 0)
        {
            _lineHasBytes = true;
            _previous = bytes[before - 1];
        }

        if (at < 0)
        {
            return [];
        }

        if (bytes[at] == quote)
        {
            _inQuote = !_lineHasBytes || _previous == delimiter;
            _lineHasBytes = true;
            _previous = quote;
        }
        else
        {
            _ended += _lineHasBytes ? 1 : 0;
            _lineHasBytes = false;
        }

        return bytes[(at + 1)..];
    }
}
