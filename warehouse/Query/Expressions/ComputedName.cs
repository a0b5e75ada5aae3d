using System.Text.RegularExpressions;
using OpenData.Catalogs;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>
/// Pure: the name of a computed column. It becomes a header and a member of JSON, so it is plain; that of another column would make two of one
/// in formats that know no case.
/// </summary>
internal static partial class ComputedName
{
    /// <summary>The column of that name.</summary>
    /// <exception cref="Catalogs.Errors.OpenDataException"><c>OD1224</c>.</exception>
    public static ColumnContract Column(string name, int position, ColumnType type, IReadOnlyList<ColumnContract> taken, IReadOnlyList<string> relations)
    {
        if (!Plain().IsMatch(name))
        {
            throw QueryErrors.At(
                QueryErrors.BadComputedName,
                position,
                "The name of a computed column is a letter, then letters, digits and _ of ASCII, at most 64.",
                "Tên cột tính toán gồm chữ cái không dấu, chữ số và _, bắt đầu bằng chữ cái, không quá 64 ký tự.",
                "total_fee");
        }

        return taken.Select(c => c.Name).Concat(relations).FirstOrDefault(n => n.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } other
            ? throw QueryErrors.At(
                QueryErrors.BadComputedName,
                position,
                $"There is a column or relation {other} already.",
                $"Đã có cột hoặc quan hệ {other}.",
                name + "_2")
            : new ColumnContract(name, type, new LocalText(name, name));
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_]{0,63}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Plain();
}
