using System.Text;
using OpenData.Catalogs;

namespace OpenData.Portal.Access;

/// <summary>
/// Pure: which passwords are refused, as NIST SP 800-63B has it: short ones, those that everybody tries, those like the name. Nothing about which
/// kinds of signs are in it, and no change by the calendar.
/// </summary>
internal static class PasswordRules
{
    /// <summary>Fewest letters.</summary>
    public const int LettersMin = 12;

    /// <summary>Most letters: more are not hashed.</summary>
    public const int LettersMax = 1_000;

    private const int DifferentMin = 5;

    // Behind them, digits and signs make nothing better.
    private static readonly string[] Common =
    [
        "password", "passwort", "passw", "pass", "matkhau", "qwerty", "qwertyuiop", "asdfghjkl", "asdf", "zxcvbnm", "qazwsx", "abc", "abcdef", "abcdefghijkl",
        "iloveyou", "anhyeuem", "emyeuanh", "admin", "administrator", "operator", "welcome", "letmein", "changeme", "secret", "test", "vietnam", "thainguyen",
        "opendata", "dulieumo", "congdulieu", "congdulieumo", "master", "dragon", "monkey", "login", "root", "user",
    ];

    /// <summary>What is wrong with a password for that name; null when nothing is.</summary>
    public static LocalText? Refusal(string password, string name)
    {
        if (password.Length > LettersMax)
        {
            return new LocalText("Mật khẩu dài quá 1.000 ký tự.", "The password is longer than 1,000 characters.");
        }

        var text = Plain(password);
        if (text.EnumerateRunes().Count() < LettersMin)
        {
            return new LocalText("Mật khẩu cần ít nhất 12 ký tự; một câu ngắn dễ nhớ là tốt nhất.", "A password has at least 12 characters; a short sentence that you remember is best.");
        }

        if (name.Length > 0 && text.Replace(Plain(name), "", StringComparison.Ordinal).EnumerateRunes().Count() < LettersMin / 2)
        {
            return new LocalText("Mật khẩu quá giống tên đăng nhập.", "The password is too much like the name.");
        }

        return IsCommon(text)
            ? new LocalText("Mật khẩu này nằm trong số những mật khẩu ai cũng thử đầu tiên.", "This is among the passwords that everybody tries first.")
            : null;
    }

    /// <summary>The form in which a password is hashed: an input method may send letters and marks apart.</summary>
    public static string Normal(string password)
        => password.Length <= LettersMax && password.EnumerateRunes().All(r => r != Rune.ReplacementChar) ? password.Normalize(NormalizationForm.FormC) : "";

    private static string Plain(string text) => Normal(text).ToUpperInvariant();

    private static bool IsCommon(string text)
    {
        if (text.Distinct().Count() < DifferentMin || "0123456789012345678901234567890".Contains(text, StringComparison.Ordinal))
        {
            return true;
        }

        var letters = new string([.. text.Where(char.IsLetter)]);
        return Array.Exists(Common, c => letters.Length == 0
            ? text.All(char.IsAsciiDigit) && text.Distinct().Count() < DifferentMin + 1
            : letters.Length % c.Length == 0 && letters.Replace(c.ToUpperInvariant(), "", StringComparison.Ordinal).Length == 0);
    }
}
