using System.Globalization;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>One option inside the parentheses of an <c>$expand</c> or <c>$select</c>.</summary>
/// <param name="Name">Its name in lower case, without <c>$</c>.</param>
/// <param name="Position">Where its name stands in the text.</param>
/// <param name="Value">Its text.</param>
/// <param name="ValuePosition">Where that begins.</param>
internal sealed record NestedOption(string Name, int Position, string Value, int ValuePosition)
{
    /// <summary>The value as one of true and false.</summary>
    /// <exception cref="OpenDataException"><c>OD1207</c>.</exception>
    public bool IsTrue => Value.ToLowerInvariant() switch
    {
        "true" => true,
        "false" => false,
        _ => throw Malformed("true, false"),
    };

    /// <summary>The value as a number of rows.</summary>
    /// <exception cref="OpenDataException"><c>OD1207</c>.</exception>
    public long Number => long.TryParse(Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Malformed("0, 1, 2, …");

    /// <summary>Options by name.</summary>
    /// <exception cref="OpenDataException"><c>OD1208</c> for one that stands twice.</exception>
    public static Dictionary<string, NestedOption> ByName(IReadOnlyList<NestedOption> options)
    {
        var byName = new Dictionary<string, NestedOption>(StringComparer.Ordinal);
        foreach (var option in options)
        {
            if (!byName.TryAdd(option.Name, option))
            {
                throw QueryErrors.At(QueryErrors.DuplicateOption, option.Position, $"${option.Name} stands twice.", $"${option.Name} xuất hiện hai lần.");
            }
        }

        return byName;
    }

    /// <summary>OD1207: what the option takes.</summary>
    public OpenDataException Malformed(string values)
        => QueryErrors.At(QueryErrors.MalformedOption, ValuePosition, $"${Name} takes: {values}.", $"${Name} chỉ nhận: {values}.");

    /// <summary>OD1206: an option that is not known there.</summary>
    /// <param name="where">The option in whose parentheses it stands.</param>
    /// <param name="known">The options that are.</param>
    public OpenDataException Unknown(string where, IReadOnlyList<string> known)
    {
        var shown = Name.Length > 60 ? Name[..60] + "…" : Name;
        return QueryErrors.At(
            QueryErrors.UnknownOption,
            Position,
            $"There is no option {shown} inside {where}.",
            $"Không có tham số {shown} bên trong {where}.",
            Spelling.Nearest(Name, known) is { } near ? "$" + near : null);
    }
}
