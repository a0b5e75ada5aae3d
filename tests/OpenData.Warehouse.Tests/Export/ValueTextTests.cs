using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OpenData.TestKit;
using OpenData.Warehouse.Export;

namespace OpenData.Warehouse.Tests.Export;

public sealed class ValueTextTests
{
    private delegate int Writer<T>(Span<byte> to, T value);

    [Fact]
    public void A_date_is_what_the_calendar_says()
        => Prop.ForAll(ArbMap.Default.ArbFor<int>(), n =>
        {
            var date = DateOnly.FromDayNumber((int)((uint)n % (uint)DateOnly.MaxValue.DayNumber));
            var days = date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
            return Text(ValueText.Date, days) == date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_timestamp_reads_back_to_the_same_instant_with_the_offset_of_its_zone()
        => Prop.ForAll(ArbMap.Default.ArbFor<long>(), ArbMap.Default.ArbFor<int>(), (n, o) =>
        {
            var micros = n % 60_000_000_000_000_000;
            var offset = o % 840;
            var text = Text((to, v) => ValueText.Timestamp(to, v, offset), micros);
            var read = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
            return read.UtcDateTime == DateTime.UnixEpoch.AddTicks(micros * 10) && (int)read.Offset.TotalMinutes == offset;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_decimal_keeps_every_digit_of_its_scale()
        => Prop.ForAll(ArbMap.Default.ArbFor<decimal>(), value =>
        {
            var scale = value.Scale;
            var unscaled = Unscaled(value);
            return Text((to, v) => ValueText.Decimal(to, v, scale), unscaled) == value.ToString(CultureInfo.InvariantCulture)
                || value == 0;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("0", 0, "0")]
    [InlineData("0", 2, "0.00")]
    [InlineData("5", 2, "0.05")]
    [InlineData("-5", 2, "-0.05")]
    [InlineData("1250", 2, "12.50")]
    [InlineData("-9223372036854775808", 0, "-9223372036854775808")]
    [InlineData("9223372036854775807", 20, "0.09223372036854775807")]
    [InlineData("99999999999999999999999999999999999999", 38, "0.99999999999999999999999999999999999999")]
    [InlineData("-99999999999999999999999999999999999999", 0, "-99999999999999999999999999999999999999")]
    [InlineData("100000000000000000000", 2, "1000000000000000000.00")]
    public void A_decimal_is_written_out_in_full(string unscaled, int scale, string expected)
        => Assert.Equal(expected, Text((to, v) => ValueText.Decimal(to, v, scale), Int128.Parse(unscaled, CultureInfo.InvariantCulture)));

    [Fact]
    public void A_float_reads_back_to_the_same_bits()
        => Prop.ForAll(ArbMap.Default.ArbFor<double>(), ArbMap.Default.ArbFor<int>(), (any, six) =>
        {
            var coordinate = six / 1e6;
            return Same(any) && Same(coordinate) && Same(-any) && Same(any * 1e-300) && Same(any * 1e300);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(106.0, "106")]
    [InlineData(105.8442, "105.8442")]
    [InlineData(-21.592, "-21.592")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-INF")]
    public void A_float_has_one_spelling(double value, string expected) => Assert.Equal(expected, Text(ValueText.Float, value));

    [Theory]
    [InlineData(0, "PT0S")]
    [InlineData(1, "PT0.000001S")]
    [InlineData(-90_000_000, "-PT1M30S")]
    [InlineData(86_400_000_000, "P1D")]
    [InlineData(90_061_500_000, "P1DT1H1M1.5S")]
    [InlineData(long.MinValue, "-P106751991DT4H54.775808S")]
    public void A_duration_is_ISO_8601(long micros, string expected) => Assert.Equal(expected, Text(ValueText.Duration, micros));

    [Fact]
    public void Nothing_changes_on_a_Vietnamese_machine()
        => Culture.Vietnamese(() =>
        {
            Assert.Equal("1234567.5", Text(ValueText.Float, 1234567.5));
            Assert.Equal("12.50", Text((to, v) => ValueText.Decimal(to, v, 2), (Int128)1250));
            Assert.Equal("-1234567", Text(ValueText.Integer, -1234567L));
            Assert.Equal("1E+300", Text(ValueText.Float, 1e300));
            Assert.Equal("2025-07-01T08:30:00+07:00", Text((to, v) => ValueText.Timestamp(to, v, 420), 1_751_333_400_000_000));
        });

    [Theory]
    [InlineData("0101000000000000000000594000000000008035C0", "POINT (100 -21.5)", """{"type":"Point","coordinates":[100,-21.5]}""")]
    [InlineData("00000000014059000000000000C035800000000000", "POINT (100 -21.5)", """{"type":"Point","coordinates":[100,-21.5]}""")]
    [InlineData("010300000000000000", "POLYGON EMPTY", """{"type":"Polygon","coordinates":[]}""")]
    [InlineData("010700000000000000", "GEOMETRYCOLLECTION EMPTY", """{"type":"GeometryCollection","geometries":[]}""")]
    [InlineData("01050000000200000001020000000000000001020000000100000000000000000059400000000000003540", "MULTILINESTRING (EMPTY, (100 21))", """{"type":"MultiLineString","coordinates":[[],[[100,21]]]}""")]
    public void A_geometry_is_WKT_in_CSV_and_GeoJSON_in_JSON(string wkb, string wkt, string geoJson)
    {
        using var buffer = new Utf8Buffer();
        WkbText.WriteWkt(Convert.FromHexString(wkb), buffer);
        Assert.Equal(wkt, Encoding.UTF8.GetString(buffer.Written.Span));
        buffer.Clear();
        WkbText.WriteGeoJson(Convert.FromHexString(wkb), buffer);
        Assert.Equal(geoJson, Encoding.UTF8.GetString(buffer.Written.Span));
    }

    [Fact]
    public void A_broken_geometry_never_reads_beyond_its_bytes()
        => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            using var buffer = new Utf8Buffer();
            foreach (var prefix in new byte[][] { [], [1, 6, 0, 0, 0], [1, 3, 0, 0, 0], [1, 7, 0, 0, 0, 1, 0, 0, 0] })
            {
                try
                {
                    WkbText.WriteWkt([.. prefix, .. bytes], buffer);
                }
                catch (OpenData.Catalogs.Errors.OpenDataException refused)
                {
                    Assert.Equal(ExportErrors.BrokenGeometry, refused.Code);
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_zone_gives_the_offset_of_the_day_and_of_the_hour_when_it_changes()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var offsets = new ZoneOffsets(berlin);
        for (var hour = 0; hour < 24 * 400; hour++)
        {
            var instant = new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(hour);
            Assert.Equal((int)berlin.GetUtcOffset(instant).TotalMinutes, offsets.MinutesAt((instant - DateTime.UnixEpoch).Ticks / 10));
        }
    }

    [Fact]
    public void Offsets_of_a_zone_are_right_for_many_threads_at_once_and_for_days_that_share_a_place()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var offsets = ZoneOffsets.Of("Europe/Berlin");
        Assert.Same(offsets, ZoneOffsets.Of("Europe/Berlin"));
        Parallel.For(0, 8, seed =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 20_000; i++)
            {
                var instant = new DateTime(1890, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(random.Next(100_000_000));
                Assert.Equal((int)berlin.GetUtcOffset(instant).TotalMinutes, offsets.MinutesAt((instant - DateTime.UnixEpoch).Ticks / 10));
            }
        });
        Assert.Equal(0, ZoneOffsets.Of("UTC").MinutesAt(0));
    }

    private static Int128 Unscaled(decimal value)
    {
        var bits = decimal.GetBits(value);
        var magnitude = ((Int128)(uint)bits[2] << 64) | ((Int128)(uint)bits[1] << 32) | (uint)bits[0];
        return value < 0 ? -magnitude : magnitude;
    }

    private static bool Same(double value)
    {
        var text = Text(ValueText.Float, value) switch { "INF" => "Infinity", "-INF" => "-Infinity", var t => t };
        return BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)) == BitConverter.DoubleToInt64Bits(value)
            || (double.IsNaN(value) && text == "NaN");
    }

    private static string Text<T>(Writer<T> writer, T value)
    {
        Span<byte> to = stackalloc byte[ValueText.LengthMax];
        return Encoding.UTF8.GetString(to[..writer(to, value)]);
    }
}
