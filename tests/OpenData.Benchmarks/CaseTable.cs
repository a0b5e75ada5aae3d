using OpenData.Catalogs;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;

namespace OpenData.Benchmarks;

/// <summary>One-stop cases of 16 columns, made by the engine from row numbers: the same every time.</summary>
internal static class CaseTable
{
    public const string TimeZone = "Asia/Ho_Chi_Minh";

    public static IReadOnlyList<ColumnContract> Columns { get; } =
    [
        Column("case_id", ColumnKind.Code),
        Column("agency", ColumnKind.Code),
        Column("commune", ColumnKind.Code),
        Column("service", ColumnKind.Code),
        Column("field", ColumnKind.Code),
        Column("channel", ColumnKind.Text) with { OneOf = ["online", "counter", "post"] },
        Column("status", ColumnKind.Text) with { OneOf = ["received", "processing", "closed", "returned"] },
        Column("submitted_at", ColumnKind.Timestamp),
        Column("due_at", ColumnKind.Timestamp),
        Column("closed_at", ColumnKind.Timestamp),
        new("fee", new ColumnType(ColumnKind.Decimal, 12, 2), new LocalText("fee", "fee")),
        Column("rating", ColumnKind.Integer),
        Column("lon", ColumnKind.Float),
        Column("lat", ColumnKind.Float),
        Column("note", ColumnKind.Text),
        Column("updated_at", ColumnKind.Timestamp),
    ];

    public static SqlText Create(long rows) => new SqlBuilder()
        .Append(
            """
            CREATE TABLE cases AS
            SELECT
              'H55.16.' || lpad((i % 37)::VARCHAR, 2, '0') || '-' || lpad(i::VARCHAR, 10, '0') AS case_id,
              'H55.' || lpad((hash(i, 1) % 40)::VARCHAR, 2, '0') AS agency,
              lpad((1000 + hash(i, 2) % 92)::VARCHAR, 5, '0') AS commune,
              '1.' || lpad((hash(i, 3) % 900)::VARCHAR, 6, '0') AS service,
              'LV' || lpad((hash(i, 4) % 30)::VARCHAR, 2, '0') AS field,
              CASE hash(i, 5) % 3 WHEN 0 THEN 'online' WHEN 1 THEN 'counter' ELSE 'post' END AS channel,
              CASE hash(i, 6) % 4 WHEN 0 THEN 'received' WHEN 1 THEN 'processing' WHEN 2 THEN 'closed' ELSE 'returned' END AS status,
              make_timestamp(1704067200000000 + i * 60000000) AS submitted_at,
              make_timestamp(1704067200000000 + i * 60000000 + 432000000000) AS due_at,
              CASE WHEN hash(i, 7) % 5 = 0 THEN NULL ELSE make_timestamp(1704067200000000 + i * 60000000 + (hash(i, 8) % 864000)::BIGINT * 1000000) END AS closed_at,
              ((hash(i, 9) % 1000000)::BIGINT / 4.0)::DECIMAL(12, 2) AS fee,
              CASE WHEN hash(i, 10) % 3 = 0 THEN NULL ELSE (1 + hash(i, 11) % 5)::BIGINT END AS rating,
              (105400000 + (hash(i, 12) % 900000)::BIGINT)::DOUBLE / 1000000.0 AS lon,
              (21300000 + (hash(i, 13) % 900000)::BIGINT)::DOUBLE / 1000000.0 AS lat,
              CASE hash(i, 14) % 4
                WHEN 0 THEN 'Hồ sơ đủ điều kiện, chờ ký số'
                WHEN 1 THEN 'Bổ sung giấy tờ: bản sao có chứng thực'
                WHEN 2 THEN NULL
                ELSE 'Đã trả kết quả qua bưu điện, người dân hài lòng' END AS note,
              make_timestamp(1704067200000000 + i * 60000000 + (hash(i, 15) % 8640000)::BIGINT * 1000000) AS updated_at
            FROM range(
            """)
        .Number(rows)
        .Append(") t(i)")
        .ToSql();

    /// <summary>What the rows are, with the ranges that a published version records.</summary>
    public static TableDescription Description() => new(CaseContract.Read(), Columns)
    {
        Ranges = new Dictionary<string, ColumnRange>(StringComparer.Ordinal)
        {
            ["submitted_at"] = Instants,
            ["due_at"] = Instants,
            ["closed_at"] = Instants,
            ["updated_at"] = Instants,
            ["rating"] = new("1", "5"),
        },
    };

    /// <summary>Cells that have a value.</summary>
    public static SqlText CellCount()
    {
        var sql = new SqlBuilder().Append("SELECT CAST(0 AS BIGINT)");
        foreach (var column in Columns)
        {
            sql.Append(" + count(").Name(column.Name).Append(")");
        }

        return sql.Append(" FROM cases").ToSql();
    }

    private static ColumnRange Instants => new("2024-01-01T07:00:00+07:00", "2026-12-31T00:00:00+07:00");

    private static ColumnContract Column(string name, ColumnKind kind) => new(name, new ColumnType(kind), new LocalText(name, name));
}
