using System.Text.Json;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Staging;

/// <summary>
/// Walks JSON of any length over a bounded buffer: token by token outside the records, one whole element at a time inside them.
/// Several values after one another (concatenated page bodies) are about.
/// </summary>
internal sealed class JsonCursor(Stream stream, int elementBytesMax)
{
    private static readonly JsonReaderOptions Options = new() { AllowMultipleValues = true, MaxDepth = 64 };

    private byte[] _buffer = new byte[256 * 1024];
    private int _from;
    private int _to;
    private long _offset;
    private bool _ended;
    private JsonReaderState _state = new(Options);

    /// <summary>The token read last.</summary>
    public JsonTokenType Token { get; private set; }

    /// <summary>The text of a property name or string read last; else empty.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Reads the next token; false at the end of the input.</summary>
    public bool Read()
    {
        while (true)
        {
            var reader = Reader();
            try
            {
                if (reader.Read())
                {
                    Token = reader.TokenType;
                    Text = Token is JsonTokenType.PropertyName || (Token is JsonTokenType.String && reader.ValueSpan.Length < 1000)
                        ? reader.GetString()!
                        : "";
                    Advance(ref reader);
                    return true;
                }
            }
            catch (Exception cause) when (cause is JsonException or InvalidOperationException)
            {
                throw Malformed(cause, _from);
            }

            if (_ended)
            {
                return false;
            }

            Advance(ref reader);
            Fill();
        }
    }

    /// <summary>Passes over the value that follows a property name.</summary>
    public void Skip()
    {
        var depth = 0;
        do
        {
            if (!Read())
            {
                throw CutOff(null);
            }

            depth += Token switch
            {
                JsonTokenType.StartArray or JsonTokenType.StartObject => 1,
                JsonTokenType.EndArray or JsonTokenType.EndObject => -1,
                _ => 0,
            };
        }
        while (depth > 0);
    }

    /// <summary>Reads one whole element of the array under way; false at its end.</summary>
    /// <param name="element">The element's JSON; valid until the next call.</param>
    /// <param name="offset">Where it begins, in bytes from the start of the stream.</param>
    public bool NextElement(out ReadOnlySpan<byte> element, out long offset)
    {
        while (true)
        {
            var reader = Reader();
            try
            {
                if (reader.Read())
                {
                    var start = (int)reader.TokenStartIndex;
                    var begin = _from + start;
                    if (reader.TokenType == JsonTokenType.EndArray)
                    {
                        Advance(ref reader);
                        element = default;
                        offset = 0;
                        return false;
                    }

                    if (reader.TrySkip())
                    {
                        var length = (int)reader.BytesConsumed - start;
                        offset = _offset + begin;
                        Advance(ref reader);
                        if (length > elementBytesMax)
                        {
                            throw TooLarge();
                        }

                        element = _buffer.AsSpan(begin, length);
                        return true;
                    }
                }
            }
            catch (JsonException cause)
            {
                throw Malformed(cause, _from);
            }

            if (_ended)
            {
                throw CutOff(null);
            }

            // The element is not whole yet: keep its beginning and try again with more bytes.
            Fill();
        }
    }

    private Utf8JsonReader Reader() => new(_buffer.AsSpan(_from, _to - _from), _ended, _state);

    private void Advance(ref Utf8JsonReader reader)
    {
        _from += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }

    private void Fill()
    {
        if (_from > 0)
        {
            _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
            _offset += _from;
            _to -= _from;
            _from = 0;
        }

        if (_to == _buffer.Length)
        {
            if (_buffer.Length > elementBytesMax)
            {
                throw TooLarge();
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = stream.ReadAtLeast(_buffer.AsSpan(_to), _buffer.Length - _to, throwOnEndOfStream: false);
        _ended = _to + read < _buffer.Length;
        _to += read;
    }

    private OpenDataException Malformed(Exception cause, int from)
    {
        // The last block is judged as the end of the text. If its beginning alone is sound, the text was only cut off.
        if (_ended)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(from, _to - from), isFinalBlock: false, _state);
            try
            {
                while (reader.Read())
                {
                }

                return CutOff(cause);
            }
            catch (JsonException)
            {
                // Broken before the end: reported below.
            }
        }

        return new OpenDataException(
            StagingErrors.MalformedJson,
            new LocalText(
                $"JSON sai cú pháp sau byte {_offset + from}.",
                $"The JSON is malformed after byte {_offset + from}."),
            inner: cause);
    }

    private static OpenDataException CutOff(Exception? cause) => new(
        StagingErrors.Truncated,
        new LocalText("JSON kết thúc giữa chừng.", "The JSON ends in the middle of a value."),
        inner: cause);

    private OpenDataException TooLarge() => new(
        StagingErrors.TooLarge,
        new LocalText(
            $"Một bản ghi dài hơn {elementBytesMax} byte.",
            $"A record is longer than {elementBytesMax} bytes."));
}
