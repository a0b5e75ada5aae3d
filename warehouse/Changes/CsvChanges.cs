using OpenData.Catalogs;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;

namespace OpenData.Warehouse.Changes;

/// <summary>Changes as CSV: <c>_change</c> (added, changed_from, changed_to, removed), then the compared columns.</summary>
internal sealed class CsvChanges(ComparedVersion newer, ComparedTables tables) : IChangeWriter
{
    private readonly CsvRows _rows = new(
        [new ColumnContract(ChangesToSql.ChangeColumn, new ColumnType(ColumnKind.Code), new LocalText("Thay đổi", "Change")), .. tables.Columns],
        newer.Contract.TimeZone);

    public bool WantsPairs => false;

    public void Begin(ChangeCounts counts, Utf8Buffer to) => _rows.Begin(to);

    public void BeginKind(ChangeKind kind, Utf8Buffer to)
    {
        // The first column says it.
    }

    public void Rows(ChangeKind kind, ResultChunk chunk, Utf8Buffer to) => _rows.Rows(chunk, to);

    public void EndKind(ChangeKind kind, Utf8Buffer to)
    {
        // The first column says it.
    }

    public void End(Utf8Buffer to) => _rows.End(to);
}
