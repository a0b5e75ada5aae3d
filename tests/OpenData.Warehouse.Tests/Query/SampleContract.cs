using OpenData.Catalogs;

namespace OpenData.Warehouse.Tests.Query;

/// <summary>A contract with a column of every type, one of them personal.</summary>
internal static class SampleContract
{
    public static DatasetContract Make() => new(
        "trees",
        new LocalText("Cây xanh", "Trees"),
        new LocalText("Dữ liệu thử", "Test data"),
        [
            Column("id", new ColumnType(ColumnKind.Integer)) with { Required = true },
            Column("name", new ColumnType(ColumnKind.Text)),
            Column("note", new ColumnType(ColumnKind.Text)),
            Column("code", new ColumnType(ColumnKind.Code)),
            Column("quarter", new ColumnType(ColumnKind.Integer)),
            Column("fee", new ColumnType(ColumnKind.Decimal, 14, 2)),
            Column("height", new ColumnType(ColumnKind.Float)),
            Column("alive", new ColumnType(ColumnKind.Boolean)),
            Column("planted_on", new ColumnType(ColumnKind.Date)),
            Column("seen_at", new ColumnType(ColumnKind.Timestamp)),
            Column("opens", new ColumnType(ColumnKind.Time)),
            Column("age", new ColumnType(ColumnKind.Duration)),
            Column("uid", new ColumnType(ColumnKind.Uuid)),
            Column("location", new ColumnType(ColumnKind.Geometry, Geometry: GeometryKind.Point)),
            Column("tags", new ColumnType(ColumnKind.List, Item: new ColumnType(ColumnKind.Code))),
            Column("citizen_id", new ColumnType(ColumnKind.Text)) with { Personal = true },
        ],
        ["id"],
        new SourceBinding("manual"))
    {
        Publisher = "so_noi_vu",
        Theme = "environment",
        License = "vn_open_1",
    };

    private static ColumnContract Column(string name, ColumnType type) => new(name, type, new LocalText(name, name));
}
