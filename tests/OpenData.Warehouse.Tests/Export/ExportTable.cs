using System.Globalization;
using OpenData.Catalogs;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Tests.Export;

/// <summary>
/// A table to be written and read back. Values are what the appender takes: dates are days, times and instants microseconds, geometries
/// bytes, decimals whole numbers, lists arrays.
/// </summary>
internal sealed record ExportTable(IReadOnlyList<ColumnContract> Columns, IReadOnlyList<object?[]> Rows)
{
    public const string Zone = "Asia/Ho_Chi_Minh";

    private const string Point = "0101000000000000000000594000000000008035C0";

    /// <summary>A column of every type, with its ends, what usually breaks, and nulls.</summary>
    public static ExportTable OfEveryType()
    {
        var nines = Int128.Parse(new string('9', 38), CultureInfo.InvariantCulture);
        (ColumnContract Column, object?[] Values)[] columns =
        [
            (Column("flag", new(ColumnKind.Boolean)), [true, false]),
            (Column("whole", new(ColumnKind.Integer)), [0L, -1L, long.MaxValue, long.MinValue]),
            (Column("small", new(ColumnKind.Decimal, 4, 2)), [(Int128)9999, (Int128)(-9999), (Int128)5]),
            (Column("money", new(ColumnKind.Decimal, 9, 0)), [(Int128)999_999_999, (Int128)(-1)]),
            (Column("fee", new(ColumnKind.Decimal, 14, 2)) with { Unit = "VND" }, [(Int128)12_345, (Int128)(-1), (Int128)0]),
            (Column("long", new(ColumnKind.Decimal, 38, 0)), [nines, -nines, (Int128)long.MaxValue]),
            (Column("fine", new(ColumnKind.Decimal, 38, 38)), [nines, -nines, (Int128)1]),
            (Column("number", new(ColumnKind.Float)), [0.0, -0.0, 105.8442, double.MaxValue, double.Epsilon, double.NaN, double.NegativeInfinity]),
            (Column("label", new(ColumnKind.Text)), ["", "twelve bytes", "thirteen byte", "1e5", "say \"x\", 'y'", "two\nlines\r\n\ttab", "Phổ Yên 😀", "Pho\u0302\u0309 Ye\u0302n", "a\0b"]),
            (Column("code", new(ColumnKind.Code)), ["0012", "", "00000000000012345678"]),
            (Column("channel", new(ColumnKind.Text)) with { OneOf = ["online", "quầy", "post"] }, ["post", "quầy", "online", "by pigeon", ""]),
            (Column("day", new(ColumnKind.Date)), [0L, -719_162L, 2_932_896L, (long)EngineTime.Days(new DateOnly(1899, 12, 31))]),
            (Column("clock", new(ColumnKind.Time)), [0L, 86_399_999_999L, 30_600_000_000L]),
            (Column("seen", new(ColumnKind.Timestamp)), [0L, -1L, EngineTime.Micros(DateTime.MinValue), EngineTime.Micros(DateTime.MaxValue)]),
            (Column("berlin", new(ColumnKind.Timestamp)) with { TimeZone = "Europe/Berlin" }, [1_743_296_400_000_000L, -2_208_988_800_000_001L]),
            (Column("lasts", new(ColumnKind.Duration)), [0L, -1L, long.MaxValue, long.MinValue]),
            (Column("id", new(ColumnKind.Uuid)), [Guid.Empty, Guid.Parse("12345678-9abc-def0-8234-56789abcdef0"), Guid.Parse("ffffffff-ffff-ffff-ffff-ffffffffffff")]),
            (Column("place", new(ColumnKind.Geometry, Geometry: GeometryKind.Point)), [Convert.FromHexString(Point)]),
            (Column("extra", new(ColumnKind.Json)), ["""{"a":[1,"hai"]}"""]),
            (Column("tags", List(ColumnKind.Text)), [Items(), Items("", "two, \"three\"", "Phổ Yên 😀", "thirteen byte", "a\tb\n"), Items("0012"), Items("0012")]),
            (Column("amounts", new(ColumnKind.List, Item: new(ColumnKind.Decimal, 38, 2))), [Items(nines, -nines, (Int128)1), Items()]),
            (Column("wholes", List(ColumnKind.Integer)), [Items(0L, long.MaxValue, long.MinValue)]),
            (Column("numbers", List(ColumnKind.Float)), [Items(-0.0, 105.8442, double.NaN, double.NegativeInfinity)]),
            (Column("flags", List(ColumnKind.Boolean)), [Items(true, false), Items(true)]),
            (Column("days", List(ColumnKind.Date)), [Items(0L, -719_162L, 2_932_896L)]),
            (Column("clocks", List(ColumnKind.Time)), [Items(0L, 86_399_999_999L)]),
            (Column("spans", List(ColumnKind.Duration)), [Items(-1L, long.MaxValue)]),
            (Column("ids", List(ColumnKind.Uuid)), [Items(Guid.Empty, Guid.Parse("12345678-9abc-def0-8234-56789abcdef0"))]),
            (Column("nothing", new(ColumnKind.Text)), []),
            (Column("no_tags", List(ColumnKind.Code)), []),
        ];
        var rows = columns.Max(c => c.Values.Length) + 1;
        return new ExportTable(
            [.. columns.Select(c => c.Column)],
            [.. Enumerable.Range(0, rows).Select(row => columns.Select(c => c.Values.ElementAtOrDefault(row)).ToArray())]);
    }

    /// <summary>A table of some of the columns with values at random, of ends and of nothing unusual.</summary>
    public static ExportTable Random(Random random)
    {
        var all = OfEveryType();
        var columns = Enumerable.Range(0, all.Columns.Count).Where(_ => random.Next(3) > 0).DefaultIfEmpty(0).ToArray();
        var rows = Enumerable.Range(0, random.Next(0, random.Next(4) == 0 ? 3_000 : 60)).Select(_ => columns.Select(Value).ToArray());
        return new ExportTable([.. columns.Select(c => all.Columns[c])], [.. rows]);

        object? Value(int column) => random.Next(8) switch
        {
            0 => null,
            1 or 2 => all.Rows[random.Next(all.Rows.Count)][column],
            _ => Any(all.Columns[column].Type),
        };

        object Any(ColumnType type) => type switch
        {
            { Kind: ColumnKind.Boolean } => random.Next(2) == 0,
            { Kind: ColumnKind.Integer or ColumnKind.Duration } => random.NextInt64(),
            { Kind: ColumnKind.Decimal, Precision: var digits } => (Int128)random.NextInt64(-9, 9) * Power(digits - 1) / random.Next(1, 100),
            { Kind: ColumnKind.Float } => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-20, 20)),
            { Kind: ColumnKind.Date } => random.NextInt64(-100_000, 100_000),
            { Kind: ColumnKind.Time } => random.NextInt64(86_400_000_000),
            { Kind: ColumnKind.Timestamp } => random.NextInt64(-60_000_000_000_000_000, 200_000_000_000_000_000),
            { Kind: ColumnKind.Uuid } => new Guid(random.GetItems("0123456789abcdef"u8, 16)),
            { Kind: ColumnKind.Geometry } => random.GetItems("WKB"u8, random.Next(0, 40)),
            { Kind: ColumnKind.List } => Enumerable.Range(0, random.Next(0, random.Next(20) == 0 ? 300 : 4)).Select(_ => Any(type.ToScalar())).ToArray(),
            _ => new string(random.GetItems<char>("abc 019ăâđêôơưẠ\u0301,;\"'\n\\", random.Next(0, 30))),
        };
    }

    /// <summary>The same with points for what is no WKB, which has no text, and with instants whose local year has four digits.</summary>
    public ExportTable WithTexts() => this with
    {
        Rows = [.. Rows.Select(r => r.Select((value, i) => (Columns[i].Type.Kind, value) switch
        {
            (ColumnKind.Geometry, not null) => Convert.FromHexString(Point),
            (ColumnKind.Timestamp, long micros) => Math.Min(micros, EngineTime.Micros(DateTime.MaxValue) - 86_400_000_000),
            _ => value,
        }).ToArray())],
    };

    /// <summary>A list of values without parameters.</summary>
    public static ColumnType List(ColumnKind item) => new(ColumnKind.List, Item: new(item));

    private static object[] Items(params object[] values) => values;

    public static ColumnContract Column(string name, ColumnType type) => new(name, type, new LocalText($"Cột {name}", $"Column {name}"));

    /// <summary>A table of the rows in the engine, and what it is.</summary>
    public TableDescription Create(EngineConnection connection, string name)
    {
        var sql = new SqlBuilder().Append("CREATE TABLE ").Name(name).Append("(");
        for (var i = 0; i < Columns.Count; i++)
        {
            sql.Append(i == 0 ? "" : ", ").Name(Columns[i].Name).Append(" ").Append(DuckDbTypes.SqlOf(Columns[i].Type));
        }

        connection.Execute(sql.Append(")").ToSql());
        using var appender = new ChunkAppender(connection, name);
        foreach (var row in Rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                Append(appender.Column(i), appender.Row, Columns[i].Type, row[i]);
            }

            appender.NextRow();
        }

        appender.Complete();
        return Description(Columns);
    }

    public static TableDescription Description(IReadOnlyList<ColumnContract> columns) => new(
        new DatasetContract("things", new LocalText("Đồ vật", "Things"), new LocalText("Dữ liệu thử.", "Test data."), columns, ["row"], new SourceBinding("manual"))
        {
            Publisher = "so_noi_vu",
            Theme = "government",
            License = "vn_open_1",
            TimeZone = Zone,
        },
        columns)
    {
        Version = "2025-07-01T00-00-00Z-0001",
    };

    /// <summary>The rows as tests/clients/values.mjs spells them.</summary>
    public IReadOnlyList<string?[]> Spelled() => [.. Rows.Select(row => row.Select((value, i) => Spelled(Columns[i].Type, value)).ToArray())];

    private static string? Spelled(ColumnType type, object? value) => (type.Kind, value) switch
    {
        (_, null) => null,
        (ColumnKind.List, object[] items) => $"[{string.Join('\u001f', items.Select(i => Spelled(type.ToScalar(), i)))}]",
        (ColumnKind.Boolean, bool flag) => flag ? "true" : "false",
        (ColumnKind.Decimal, Int128 number) => new DecimalValue(number, type.Scale).ToString(),
        (ColumnKind.Float, double.NaN) => "NaN",
        (ColumnKind.Float, double number) => BitConverter.DoubleToInt64Bits(number).ToString("x16", CultureInfo.InvariantCulture),
        (ColumnKind.Date, long days) => DateOnly.FromDayNumber((int)days + 719_162).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        (ColumnKind.Time, long micros) => new TimeOnly(micros * 10).ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        (ColumnKind.Timestamp, long micros) => DateTime.UnixEpoch.AddTicks(micros * 10).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        (ColumnKind.Uuid, Guid id) => id.ToString("D", CultureInfo.InvariantCulture),
        (ColumnKind.Geometry, byte[] bytes) => Convert.ToHexStringLower(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static void Append(ChunkColumn to, int row, ColumnType type, object? value)
    {
        switch (value)
        {
            case null: to.SetNull(row); break;
            case bool flag: to.SetBool(row, flag); break;
            case long days when type.Kind == ColumnKind.Date: to.SetInt32(row, (int)days); break;
            case long number: to.SetInt64(row, number); break;
            case Int128 unscaled: to.SetDecimal(row, unscaled); break;
            case double number: to.SetDouble(row, number); break;
            case string text: to.SetUtf8(row, System.Text.Encoding.UTF8.GetBytes(text)); break;
            case Guid id: to.SetGuid(row, id); break;
            case byte[] bytes: to.SetBlob(row, bytes); break;
            case object[] list:
                to.SetList(row, list.Length, out var items, out var from);
                for (var i = 0; i < list.Length; i++)
                {
                    Append(items, from + i, type.ToScalar(), list[i]);
                }

                break;
            default: throw new ArgumentException($"No cell for {value}.", nameof(value));
        }
    }

    private static Int128 Power(int exponent) => Enumerable.Repeat((Int128)10, exponent).Aggregate(Int128.One, (product, ten) => product * ten);
}
