using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Accounts;

/// <summary>
/// Pure: codes of assessed units as text. A code has 1 to 40 ASCII letters, digits and the signs <c>. - _</c>; capitals and zeros belong to it. An
/// account has at most 200.
/// </summary>
public static class UnitCodes
{
    private const int LettersMax = 40;
    private const int CountMax = 200;

    private static readonly char[] Between = [',', ';', ' ', '\t', '\r', '\n'];

    /// <summary>True for a text that can be the code of a unit.</summary>
    public static bool IsCode(string text)
        => text.Length is > 0 and <= LettersMax && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    /// <summary>The codes of a text in which commas, semicolons, spaces or lines stand between them: each once, in ordinal order.</summary>
    /// <exception cref="OpenDataException"><see cref="AccountErrors.BadUnit"/>.</exception>
    public static IReadOnlyList<string> Parse(string text)
        => Checked(text.Split(Between, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The codes as the database holds them.</summary>
    /// <exception cref="OpenDataException"><see cref="AccountErrors.BadUnit"/>.</exception>
    internal static string Text(IEnumerable<string> codes) => string.Join(',', Checked(codes));

    /// <summary>The codes that the database holds.</summary>
    internal static IReadOnlyList<string> Of(string text) => text.Length == 0 ? [] : text.Split(',');

    private static List<string> Checked(IEnumerable<string> codes)
    {
        var list = codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return list.Count <= CountMax && list.TrueForAll(IsCode) ? list : throw new OpenDataException(AccountErrors.BadUnit, new LocalText(
            "Mã đơn vị gồm 1 đến 40 chữ cái không dấu, chữ số và các dấu . - _ ; mỗi tài khoản nhiều nhất 200 đơn vị.",
            "The code of a unit has 1 to 40 plain letters, digits and the signs . - _ ; an account has at most 200 units."));
    }
}
