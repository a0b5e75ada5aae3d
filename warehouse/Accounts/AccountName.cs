using System.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Accounts;

/// <summary>
/// The name under which a person signs in: 2 to 64 Latin or Vietnamese letters, digits, single spaces and <c>. - _ @</c>, in NFC. Large and small
/// letters are the same. Letters of other scripts that look the same are refused, and so are colons: those mark actors that are no accounts.
/// </summary>
internal static class AccountName
{
    private const int LettersMin = 2;
    private const int LettersMax = 64;

    /// <summary>The name as it is stored and shown.</summary>
    /// <exception cref="OpenDataException"><see cref="AccountErrors.BadName"/>.</exception>
    internal static string Of(string text) => TryOf(text) ?? throw new OpenDataException(AccountErrors.BadName, new LocalText(
        "Tên gồm 2 đến 64 chữ cái, chữ số, dấu cách đơn và các dấu . - _ @",
        "A name has 2 to 64 letters, digits, single spaces and the signs . - _ @"));

    /// <summary>The key by which a name is found; of a text that is no name, null.</summary>
    internal static string? KeyOf(string text) => TryOf(text)?.ToUpperInvariant();

    private static string? TryOf(string text)
    {
        if (text.Length > 4 * LettersMax || !IsWellFormed(text))
        {
            return null;
        }

        var name = text.Trim().Normalize(NormalizationForm.FormC);
        return name.Length is >= LettersMin and <= LettersMax && name.All(IsAllowed) && !name.Contains("  ", StringComparison.Ordinal) ? name : null;
    }

    private static bool IsAllowed(char c) => c is ' ' or '.' or '-' or '_' or '@' || char.IsAsciiLetterOrDigit(c)
        || (c is (>= 'À' and <= '\u024F') or (>= '\u1E00' and <= '\u1EFF') && char.IsLetter(c));

    private static bool IsWellFormed(string text) => text.EnumerateRunes().All(r => r != Rune.ReplacementChar);
}
