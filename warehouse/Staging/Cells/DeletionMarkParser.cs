using System.Text;
using OpenData.Catalogs;

namespace OpenData.Warehouse.Staging;

/// <summary>The field that marks deleted records, as a truth value; an empty field marks nothing.</summary>
internal sealed class DeletionMarkParser(ColumnContract column, DeletionMark mark) : CellParser(column)
{
    protected override string? Read(ReadOnlySpan<byte> text, ReadOnlySpan<byte> cell, CellForm form, CellValue to)
    {
        if (form == CellForm.Composite)
        {
            return StagingRules.Type;
        }

        var word = form switch
        {
            CellForm.True => "true",
            CellForm.False => "false",
            _ => Encoding.UTF8.GetString(text),
        };
        to.Set(mark.Marks(word) ? 1 : 0);
        return null;
    }
}
