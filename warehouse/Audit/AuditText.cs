using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Audit;

/// <summary>Pure: the one text of a line of the audit log, and the hash that chains it to the line before it.</summary>
internal static class AuditText
{
    /// <summary>The hash before the first line.</summary>
    internal static readonly string Origin = new('0', 64);

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What a line of <c>state/audit.log</c> says: the hash, then the text it covers.</summary>
    internal static string Line(AuditEntry entry) => $"{entry.Hash} {Of(entry)}";

    /// <summary>The text of an entry without its hash: a JSON list, in which no field can run into the next one.</summary>
    internal static string Of(AuditEntry entry)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartArray();
            json.WriteNumberValue(entry.Number);
            foreach (var field in (ReadOnlySpan<string>)[LedgerTime.ToText(entry.At), entry.Actor, entry.Action, entry.Subject, entry.Detail])
            {
                json.WriteStringValue(field);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>The hash of an entry that follows a line with that hash.</summary>
    internal static string HashAfter(string previous, AuditEntry entry)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{previous}\n{Of(entry)}")));

    /// <summary>The number that a line of the file begins with; null when it is no line of ours.</summary>
    internal static long? NumberOf(string line)
    {
        const int Start = 66;
        return line.Length > Start && line[64] == ' ' && line[65] == '[' && line.IndexOf(',', Start) is var end and > Start
            && long.TryParse(line.AsSpan(Start, end - Start), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

    /// <summary>A field as it is stored: one line, well-formed, not longer than the limit, so that both databases give back what was hashed.</summary>
    internal static string Clean(string text, int lettersMax)
    {
        var clean = new StringBuilder(Math.Min(text.Length, lettersMax));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > lettersMax)
            {
                break;
            }

            clean.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return clean.ToString();
    }
}
