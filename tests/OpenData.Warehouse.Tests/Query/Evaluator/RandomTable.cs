using System.Globalization;
using System.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Query.Expressions;
using OpenData.Warehouse.Tests.Engine;

namespace OpenData.Warehouse.Tests.Query.Evaluator;

/// <summary>Random rows, in the engine and beside it. A seed gives the same rows again.</summary>
internal sealed class RandomTable : IDisposable
{
    /// <summary>The dataset's zone; the column <c>seen</c> has Berlin's, where clocks are moved twice a year.</summary>
    public const string Zone = "Asia/Ho_Chi_Minh";

    public static readonly Moment Now = Terms.ParseMoment("2026-11-22T01:02:03Z");

    private const string Berlin = "Europe/Berlin";
    private const int RowCount = 40;

    private static readonly (Field Field, ColumnType Type)[] Columns =
    [
        (new("id", Kind.Whole), new(ColumnKind.Integer)),
        (new("n", Kind.Whole), new(ColumnKind.Integer)),
        (new("big", Kind.Whole), new(ColumnKind.Integer)),
        (new("fee", Kind.Exact) { Scale = 2 }, new(ColumnKind.Decimal, 14, 2)),
        (new("rate", Kind.Exact) { Scale = 1 }, new(ColumnKind.Decimal, 4, 1)),
        (new("wide", Kind.Exact) { Scale = 10, IsWide = true }, new(ColumnKind.Decimal, 38, 10)),
        (new("huge", Kind.Exact) { IsWide = true }, new(ColumnKind.Decimal, 38, 0)),
        (new("x", Kind.Double), new(ColumnKind.Float)),
        (new("y", Kind.Double), new(ColumnKind.Float)),
        (new("name", Kind.Text), new(ColumnKind.Text)),
        (new("code", Kind.Text), new(ColumnKind.Code)),
        (new("alive", Kind.Boolean), new(ColumnKind.Boolean)),
        (new("planted", Kind.Day), new(ColumnKind.Date)),
        (new("felled", Kind.Day), new(ColumnKind.Date)),
        (new("seen", Kind.Moment) { Zone = Berlin }, new(ColumnKind.Timestamp)),
        (new("told", Kind.Moment) { Zone = Zone }, new(ColumnKind.Timestamp)),
        (new("opens", Kind.Clock), new(ColumnKind.Time)),
        (new("age", Kind.Span), new(ColumnKind.Duration)),
        (new("uid", Kind.Guid), new(ColumnKind.Uuid)),
        (new("place", Kind.Point), new(ColumnKind.Geometry, Geometry: GeometryKind.Point)),
        (new("tags", Kind.Texts), new(ColumnKind.List, Item: new ColumnType(ColumnKind.Code))),
        (new("marks", Kind.Wholes), new(ColumnKind.List, Item: new ColumnType(ColumnKind.Integer))),
    ];

    private readonly DuckDbEngine _engine = DuckDbEngine.InMemory(EngineFixture.Options);

    /// <param name="seed">The same seed, the same rows.</param>
    /// <param name="extremes">True when the ends of all types are among the values.</param>
    public RandomTable(int seed, bool extremes)
    {
        (Seed, HasExtremes) = (seed, extremes);
        var random = new Random(seed);
        Rows = [.. Enumerable.Range(1, RowCount).Select(id => new Row(Columns.ToDictionary(c => c.Field.Name, c => c.Field.Name == "id" ? Number.Whole(id) : Value(random, c.Field, extremes), StringComparer.Ordinal)))];
        Fill();
    }

    public static IReadOnlyList<Field> Fields { get; } = [.. Columns.Select(c => c.Field)];

    public int Seed { get; }

    public bool HasExtremes { get; }

    /// <summary>In their physical order.</summary>
    public IReadOnlyList<Row> Rows { get; }

    public static QueryScope Scope() => new(
        new DatasetContract(
            "things",
            new LocalText("Dữ liệu thử", "Test data"),
            new LocalText("Dữ liệu thử", "Test data"),
            [.. Columns.Select(c => new ColumnContract(c.Field.Name, c.Type, new LocalText(c.Field.Name, c.Field.Name)) { TimeZone = c.Field.Zone.Length > 0 ? c.Field.Zone : Zone })],
            ["id"],
            new SourceBinding("manual"))
        {
            Publisher = "so_noi_vu",
            Theme = "environment",
            License = "vn_open_1",
            TimeZone = Zone,
        },
        new QueryLimits(),
        new DateTimeOffset(2026, 11, 22, 1, 2, 3, TimeSpan.Zero));

    /// <summary>The engine's answer, one value a column.</summary>
    public IReadOnlyList<object?[]> Answer(DatasetQuery query) => Run(query, QueryToSql.Translate(query, "memory"));

    public IReadOnlyList<object?[]> Run(DatasetQuery query, SqlText sql)
    {
        try
        {
            using var connection = _engine.Connect();
            return connection.Rows(sql);
        }
        catch (OpenDataException failure) when (failure.InnerException is not null)
        {
            throw QueryFailure.Explain(failure, query);
        }
    }

    public void Dispose() => _engine.Dispose();

    private static object? Value(Random random, Field field, bool extremes)
    {
        if (random.Next(6) == 0)
        {
            return null;
        }

        var end = extremes && random.Next(8) == 0;
        T Pick<T>(params IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
        return field.Name switch
        {
            "big" => Number.Whole(end ? Pick(long.MaxValue, long.MinValue, 9_007_199_254_740_993) : random.Next(-1_000_000, 1_000_000)),
            "n" => Number.Whole(random.Next(-3, 4)),
            "fee" => Number.Exact(end ? Pick(99_999_999_999_999, -99_999_999_999_999) : random.Next(-300, 300), 2),
            "rate" => Number.Exact(end ? Pick(9_999, -9_999) : random.Next(-40, 40), 1),
            "wide" => Number.Exact(end ? Pick(System.Numerics.BigInteger.Pow(10, 38) - 1, 1 - System.Numerics.BigInteger.Pow(10, 38)) : Pick(random.NextInt64(), random.Next(-3, 3) * 10_000_000_000), 10),
            "huge" => Number.Exact(end ? Pick(System.Numerics.BigInteger.Pow(10, 38) - 1, System.Numerics.BigInteger.Pow(10, 27)) : random.Next(-5, 5), 0),
            "x" => end ? Pick(double.MaxValue, double.Epsilon, 1e300, -1e-300) : Pick(double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, 0.0, 0.1, 0.5, -0.5, 2.5, -2.5, 3, 1e15),
            "y" => random.Next(-4, 5) / 2.0,
            "alive" => random.Next(2) == 0,
            "planted" or "felled" => Terms.ParseDay(Pick(end ? Terms.FirstAndLastDay : Terms.Calendar)),
            "seen" or "told" => end ? Terms.ParseMoment(Pick(Terms.FirstAndLastInstant)) : new Moment(Terms.ParseMoment(Pick(Terms.Instants)).Micros + Pick(0, 0, -1, 1, -3_600_000_000, 1_800_000_000)),
            "opens" => new Clock(Pick(0, 30_600_000_000, 86_399_999_999, 43_200_000_001)),
            "age" => new Span(end ? Pick(long.MaxValue, long.MinValue) : Pick(Terms.Lengths)),
            "uid" => Pick(Terms.Ids),
            "place" => Pick<(double, double)>((105.84, 21.59), (105.80, 21.60), (-180, 0), (180, 0), (13.4, 52.5), (0, 90), (0, -90)),
            "tags" => random.GetItems(Terms.Samples, random.Next(4)).Select(t => (object)t.Normalize(NormalizationForm.FormC)).ToList(),
            "marks" => Enumerable.Range(0, random.Next(4)).Select(_ => (object)Number.Whole(random.Next(-3, 4))).ToList(),
            _ => Pick(Terms.Samples).Normalize(NormalizationForm.FormC),
        };
    }

    private void Fill()
    {
        _engine.Run(
            "CREATE TABLE data (id BIGINT, n BIGINT, big BIGINT, fee DECIMAL(14,2), rate DECIMAL(4,1), wide DECIMAL(38,10), huge DECIMAL(38,0), x DOUBLE, y DOUBLE, name VARCHAR, code VARCHAR, "
            + "alive BOOLEAN, planted DATE, felled DATE, seen TIMESTAMP, told TIMESTAMP, opens TIME, age BIGINT, uid UUID, place BLOB, tags VARCHAR[], marks BIGINT[], "
            + "_place_lon DOUBLE, _place_lat DOUBLE, _rid BIGINT)");
        using var connection = _engine.Connect();
        for (var i = 0; i < Rows.Count; i++)
        {
            var row = Rows[i];
            var place = ((double Longitude, double Latitude)?)row["place"];
            connection.Execute(EngineFixture.Sql(
                "INSERT INTO data SELECT $1,$2,$3,$4::VARCHAR::DECIMAL(14,2),$5::VARCHAR::DECIMAL(4,1),$6::VARCHAR::DECIMAL(38,10),$7::VARCHAR::DECIMAL(38,0),$8,$9,$10,$11,$12,"
                + "DATE '1970-01-01' + $13::BIGINT::INTEGER, DATE '1970-01-01' + $14::BIGINT::INTEGER, make_timestamp($15::BIGINT), make_timestamp($16::BIGINT), "
                + "$17::VARCHAR::TIME,$18,$19,$20,string_split($21, '|')[:-2],CAST(string_split($22, '|')[:-2] AS BIGINT[]),$23,$24,$25",
                [
                    .. Columns.Select(c => (c.Field.Kind, row[c.Field.Name]) switch
                    {
                        (Kind.Whole, Number whole) => (long)whole.Unscaled,
                        (_, Number exact) => exact.ToString(),
                        (_, Day day) => day.Number,
                        (_, Moment moment) => moment.Micros,
                        (_, Clock clock) => clock.ToString(),
                        (_, Span span) => span.Micros,
                        (Kind.Point, { }) => new byte[] { 1 },
                        // Each value and a bar behind it, so that no value and an empty one are two things.
                        (Kind.Texts or Kind.Wholes, IEnumerable<object> items) => string.Concat(items.Select(v => string.Create(CultureInfo.InvariantCulture, $"{v}|"))),
                        (_, var other) => other,
                    }),
                    place?.Longitude,
                    place?.Latitude,
                    (long)i,
                ]));
        }
    }
}
