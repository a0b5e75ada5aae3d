using System.Globalization;
using System.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.OData;

/// <summary>Percent escapes of addresses, strictly: two hexadecimal digits, UTF-8. A plus is a plus.</summary>
internal static class PercentText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// The text meant by the value of an option. Clients that form-encode (curl --data-urlencode, Python's urllib and requests) send spaces as <c>+</c>; they are
    /// known by escaped quotes and the absence of <c>%20</c>, and a real plus comes from them as <c>%2B</c>.
    /// </summary>
    /// <exception cref="OpenDataException"><c>OD1207</c>.</exception>
    public static string DecodeValue(string text)
        => Decode(text.Contains("%27", StringComparison.Ordinal) && !text.Contains("%20", StringComparison.Ordinal) ? text.Replace('+', ' ') : text);

    /// <summary>The text meant by a value that is words. They hardly ever hold a plus, and the same clients send one between any two; a real one is <c>%2B</c>.</summary>
    /// <exception cref="OpenDataException"><c>OD1207</c>.</exception>
    public static string DecodeWords(string text)
        => Decode(text.Contains("%20", StringComparison.Ordinal) ? text : text.Replace('+', ' '));

    /// <summary>The text meant.</summary>
    /// <exception cref="OpenDataException"><c>OD1207</c>.</exception>
    public static string Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        try
        {
            var bytes = StrictUtf8.GetBytes(text);
            var length = 0;
            for (var i = 0; i < bytes.Length; i++)
            {
                if (bytes[i] != (byte)'%')
                {
                    bytes[length++] = bytes[i];
                }
                else if (i + 2 < bytes.Length && byte.TryParse(bytes.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
                {
                    bytes[length++] = value;
                    i += 2;
                }
                else
                {
                    throw Bad();
                }
            }

            return StrictUtf8.GetString(bytes, 0, length);
        }
        catch (Exception exception) when (exception is DecoderFallbackException or EncoderFallbackException)
        {
            throw Bad();
        }
    }

    private static OpenDataException Bad() => new(
        QueryErrors.MalformedOption,
        new LocalText("Địa chỉ chứa mã % không phải UTF-8 hợp lệ.", "The address holds a percent escape that is not valid UTF-8."));
}
