using System.Text;
using OpenData.Catalogs;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;

namespace OpenData.Portal.OData;

/// <summary>Pure: a value of a row as the literal that stands for it in addresses, not yet escaped.</summary>
internal static class KeyLiteral
{
    /// <summary>What stands between the parentheses: the literal of the only part, else all with their names.</summary>
    public static string Joined(IReadOnlyList<(string Name, string Text)> parts)
        => parts is [var only] ? only.Text : string.Join(',', parts.Select(p => $"{p.Name}={p.Text}"));

    /// <summary>The literal of a value that is not null.</summary>
    /// <param name="columns">The columns of the result.</param>
    /// <param name="json">Writes their values.</param>
    /// <param name="chunk">Rows.</param>
    /// <param name="row">Row.</param>
    /// <param name="index">Column.</param>
    public static string Of(IReadOnlyList<ColumnContract> columns, JsonRows json, ResultChunk chunk, int row, int index)
    {
        var kind = columns[index].Type.Kind;
        if (kind is ColumnKind.Text or ColumnKind.Code or ColumnKind.Json)
        {
            return "'" + Encoding.UTF8.GetString(chunk[index].Utf8(row)).Replace("'", "''", StringComparison.Ordinal) + "'";
        }

        using var scratch = new Utf8Buffer(256);
        json.Value(chunk, row, index, scratch);
        var plain = Encoding.UTF8.GetString(scratch.Written.Span).Trim('"');
        return kind == ColumnKind.Duration ? $"duration'{plain}'" : plain;
    }
}
