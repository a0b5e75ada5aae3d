using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.TestKit;
using OpenData.Warehouse.Staging;

namespace OpenData.Warehouse.Tests.Staging;

/// <summary>Random tables and mutated bytes; <c>OPENDATA_SCALE=soak</c> (or a number) runs the full figure.</summary>
public sealed class StagingPropertyTests
{
    private const string Alphabet = "abc0123456789 ăâđêôơưĐẠặỵ,;\"'\n\r|\t.-_%\\é–😀";

    private static readonly int Files = Environment.GetEnvironmentVariable("OPENDATA_SCALE") switch
    {
        null or "" or "test" => 200,
        "soak" => 10_000,
        var number => int.TryParse(number, CultureInfo.InvariantCulture, out var files) ? files : 200,
    };

    [Fact]
    public void Random_tables_survive_CSV_in_every_spelling()
    {
        using var stage = new Stage();
        for (var seed = 0; seed < Math.Max(40, Files / 10); seed++)
        {
            var random = new Random(seed);
            var columns = random.Next(2, 6);
            var rows = Enumerable.Range(0, random.Next(0, 30)).Select(_ => Row(random, columns)).ToList();
            var names = Enumerable.Range(0, columns).Select(i => $"c{i}").ToArray();
            var source = new SourceBinding("csv") { Delimiter = ",;\t|"[random.Next(4)], Encoding = random.Next(4) == 0 ? "utf-16" : "utf-8" };
            var text = new StringBuilder();
            Write(text, names, source.Delimiter, random);
            rows.ForEach(r => Write(text, r, source.Delimiter, random));
            var encoding = source.Encoding == "utf-16" ? (Encoding)new UnicodeEncoding(random.Next(2) == 0, true) : new UTF8Encoding(random.Next(2) == 0);
            byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(text.ToString())];
            var contract = Stage.Contract(source, [.. names.Select(n => Stage.Column(n) with { KeepEmpty = true })]);
            StagedTable table;
            if (seed % 2 == 0)
            {
                table = stage.Load(contract, bytes);
            }
            else
            {
                table = null!;
                Culture.Vietnamese(() => table = stage.Load(contract, bytes));
            }

            Assert.Equal(rows.Count, table.Received);
            Assert.Equal(0, table.Quarantined);
            Assert.Equal(rows, Stage.Rows(table));
        }
    }

    [Fact]
    public void A_float_is_the_nearest_to_its_text_however_many_digits_it_has()
    {
        using var stage = new Stage();
        var random = new Random(20261127);
        var texts = Enumerable.Range(0, Files * 20).Select(_ => FloatText(random)).Append("999999999999999").Append("0.000000000000001").Append("-0").Append("9007199254740993").ToList();
        var contract = Stage.Contract("csv", Stage.Column("v", ColumnKind.Float) with { Required = true });

        var table = stage.Load(contract, "v\n" + string.Join('\n', texts) + "\n");

        Assert.Equal(0, table.Quarantined);
        Assert.Equal(
            texts.Select(t => double.Parse(t, CultureInfo.InvariantCulture) + 0.0),
            Stage.Rows(table).Select(r => double.Parse(r[0]!, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Numbers_are_read_exactly_or_refused()
    {
        var gen = from whole in Gen.Choose(0, int.MaxValue)
                  from more in Gen.Choose(0, 999_999_999)
                  from scale in Gen.Choose(0, 8)
                  from negative in ArbMap.Default.GeneratorFor<bool>()
                  select (Value: (Int128)whole * 1_000_000_000 + more, scale, negative);
        Prop.ForAll(gen.ToArbitrary(), n =>
        {
            var digits = n.Value.ToString(CultureInfo.InvariantCulture).PadLeft(n.scale + 1, '0');
            var fraction = digits[(digits.Length - n.scale)..];
            var head = digits[..(digits.Length - n.scale)];
            var sign = n.negative ? "-" : "";
            var expected = n.negative ? -n.Value : n.Value;
            var plain = sign + head + (n.scale > 0 ? "." + fraction : "");
            var vi = sign + Grouped(head, '.') + (n.scale > 0 ? "," + fraction : "");
            var en = sign + Grouped(head, ',') + (n.scale > 0 ? "." + fraction : "");
            return Reads(plain, NumberFormat.Plain, n.scale, expected) && Reads(vi, NumberFormat.Vi, n.scale, expected)
                && Reads(en, NumberFormat.En, n.scale, expected);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Mutated_files_end_in_a_named_error_or_lose_no_record()
    {
        using var stage = new Stage();
        var samples = Samples();
        var errors = 0;
        for (var seed = 0; seed < Files; seed++)
        {
            var random = new Random(seed);
            var (contract, bytes) = samples[seed % samples.Count];
            var mutated = Mutate(bytes, random);
            try
            {
                var table = stage.Load(contract, mutated);
                Assert.Equal(table.Received, table.Counted);
                var counts = Stage.Read(table, "SELECT (SELECT count(*) FROM staged), (SELECT count(*) FROM quarantine)")[0];
                Assert.Equal(table.Rows.ToString(CultureInfo.InvariantCulture), counts[0]);
                Assert.Equal(table.Quarantined.ToString(CultureInfo.InvariantCulture), counts[1]);
            }
            catch (OpenDataException failure)
            {
                Assert.NotEqual("OD2110", failure.Code.Code);
                errors++;
            }
            catch (Exception failure) when (failure is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"Seed {seed}: {failure}");
            }
        }

        Assert.InRange(errors, 1, Files - 1);
    }

    [Fact]
    public void Random_files_are_counted_alike_by_reader_and_counter()
    {
        ColumnContract[] columns = [Stage.Column("a")];
        var ended = 0;
        for (var seed = 0; seed < Files * 10; seed++)
        {
            var random = new Random(seed);
            var (kind, head, alphabet) = (seed % 3) switch
            {
                0 => ("csv", "a,b\n", "\"\"\"a,,\n\n\r "),
                1 => ("http_json", "{\"data\":[", "\"\"{}[]:,,1 \\a"),
                _ => ("ndjson", "", "\"{}:,1\n\n\r \\a[]"),
            };
            var text = head + string.Concat(Enumerable.Range(0, random.Next(0, 60)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            var pieces = kind == "http_json" ? ["{\"a\":1}", ",", "[", "]", "{\"data\":[{}]}", "\"x\\\"]\"", "]}"] : Array.Empty<string>();
            if (pieces.Length > 0)
            {
                text = head + string.Concat(Enumerable.Range(0, random.Next(0, 9)).Select(_ => pieces[random.Next(pieces.Length)]));
            }

            var contract = Stage.Contract(new SourceBinding(kind) { Records = "$.data" }, columns) with { Drift = new DriftPolicy("ignore", "null", "quarantine") };
            var sink = new CountingSink();
            try
            {
                var counted = RecordReading.Read(
                    new RecordShape(contract), [() => new MemoryStream(Encoding.UTF8.GetBytes(text))], new StagingOptions("."), sink, new ReadNotes(), CancellationToken.None);
                Assert.True(counted == sink.Received, $"Seed {seed}: {sink.Received} read, {counted} counted: {text}");
                ended++;
            }
            catch (OpenDataException)
            {
                // A named error loses nothing: the version before stays.
            }
        }

        Assert.InRange(ended, Files, Files * 10);
    }

    private sealed class CountingSink : IRecordSink
    {
        public long Received { get; private set; }

        public void Begin(long byteOffset) => Received++;

        public bool Cell(int column, ReadOnlySpan<byte> value, CellForm form) => true;

        public void End()
        {
        }

        public void Refuse(long byteOffset, string? column, string rule, ReadOnlySpan<byte> text) => Received++;

        public void Fault(int column, string rule, ReadOnlySpan<byte> text)
        {
        }
    }

    [Fact]
    public void Blocks_may_end_anywhere_for_the_counters()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var (contract, bytes) = Samples()[random.Next(3)];
            bytes = Mutate(bytes, random);
            IRecordCounter Make() => contract.Source.Kind switch
            {
                "csv" => new CsvCounter((byte)',', (byte)'"'),
                "ndjson" => new LineCounter(),
                _ => new JsonCounter(["data"]),
            };
            var whole = Make();
            whole.Add(bytes);
            var pieces = Make();
            for (var at = 0; at < bytes.Length;)
            {
                var length = Math.Min(random.Next(1, 9), bytes.Length - at);
                pieces.Add(bytes.AsSpan(at, length));
                at += length;
            }

            Assert.Equal(whole.Records, pieces.Records);
        }
    }

    private static List<(DatasetContract Contract, byte[] Bytes)> Samples()
    {
        ColumnContract[] columns = [Stage.Column("a", ColumnKind.Code), Stage.Column("b"), Stage.Decimal("c", 10, 2)];
        var csv = new StringBuilder("a,b,c\n");
        var lines = new StringBuilder();
        for (var i = 0; i < 40; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{i:000},\"Xã số {i}, \"\"mới\"\"\",{i}.5\r\n");
            lines.Append(CultureInfo.InvariantCulture, $"{{\"a\":\"{i:000}\",\"b\":\"Xã \\\"{i}\\\" [{{\",\"c\":{i}.5}}\n");
        }

        var list = string.Join(',', lines.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        var features = string.Join(',', Enumerable.Range(0, 20).Select(i =>
            $$$"""{"type":"Feature","geometry":{"type":"Point","coordinates":[105.{{{i}}},21.5]},"properties":{"a":"{{{i}}}","b":"x","c":1}}"""));
        var point = new ColumnContract("g", new ColumnType(ColumnKind.Geometry, Geometry: GeometryKind.Point), new LocalText("g", "g"));
        return
        [
            (Stage.Contract("csv", columns), Encoding.UTF8.GetBytes(csv.ToString())),
            (Stage.Contract(new SourceBinding("http_json") { Records = "$.data" }, columns), Encoding.UTF8.GetBytes($"{{\"total\":40,\"data\":[{list}],\"next\":null}}")),
            (Stage.Contract("ndjson", columns), Encoding.UTF8.GetBytes(lines.ToString())),
            (Stage.Contract("geojson", [.. columns, point]), Encoding.UTF8.GetBytes($"{{\"type\":\"FeatureCollection\",\"features\":[{features}]}}")),
            (Stage.Contract("xlsx", columns), Workbook.Make(
                "S",
                [
                    [Workbook.Text("a"), Workbook.Text("b"), Workbook.Text("c")],
                    .. Enumerable.Range(0, 10).Select(i => (string[])[Workbook.Text($"{i:00}"), Workbook.Text("x"), Workbook.Number($"{i}")]),
                ])),
        ];
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        var list = bytes.ToList();
        byte[] likely = [(byte)'"', (byte)',', (byte)'\n', (byte)'\r', (byte)'{', (byte)'}', (byte)'[', (byte)']', (byte)'\\', (byte)':', (byte)' ', 0, 0xFF, 0xC3];
        for (var times = random.Next(1, 6); times > 0 && list.Count > 4; times--)
        {
            var at = random.Next(list.Count);
            switch (random.Next(6))
            {
                case 0:
                    list[at] = (byte)random.Next(256);
                    break;
                case 1:
                    list[at] = likely[random.Next(likely.Length)];
                    break;
                case 2:
                    list.Insert(at, likely[random.Next(likely.Length)]);
                    break;
                case 3:
                    list.RemoveRange(at, Math.Min(random.Next(1, 20), list.Count - at));
                    break;
                case 4:
                    list.InsertRange(at, list.GetRange(at, Math.Min(random.Next(1, 60), list.Count - at)));
                    break;
                default:
                    var kept = random.Next(1, list.Count);
                    list.RemoveRange(kept, list.Count - kept);
                    break;
            }
        }

        return [.. list];
    }

    private static string[] Row(Random random, int columns) => [.. Enumerable.Range(0, columns).Select(_ =>
    {
        var runes = Alphabet.EnumerateRunes().ToList();
        return string.Concat(Enumerable.Range(0, random.Next(0, 12)).Select(_ => runes[random.Next(runes.Count)].ToString()));
    })];

    private static void Write(StringBuilder text, string[] cells, char delimiter, Random random)
    {
        var fields = cells.Select(c => random.Next(3) == 0 || c.Length == 0 || c.AsSpan().IndexOfAny("\"\r\n" + delimiter) >= 0
            ? "\"" + c.Replace("\"", "\"\"", StringComparison.Ordinal) + "\""
            : c);
        text.AppendJoin(delimiter, fields).Append(random.Next(3) switch { 0 => "\r\n", 1 => "\n", _ => "\n\n" });
    }

    private static string Grouped(string digits, char mark)
    {
        var text = new StringBuilder(digits);
        for (var at = digits.Length - 3; at > 0; at -= 3)
        {
            text.Insert(at, mark);
        }

        return text.ToString();
    }

    // Up to 20 digits with the point before, within or behind them: fewer and more than a double holds exactly.
    private static string FloatText(Random random)
    {
        var digits = string.Concat(Enumerable.Range(0, random.Next(1, 21)).Select(_ => (char)('0' + random.Next(10))));
        var point = random.Next(0, digits.Length + 1);
        var text = point == 0 ? "0." + digits : point == digits.Length ? digits : digits[..point] + "." + digits[point..];
        return (random.Next(3) == 0 ? "-" : "") + text;
    }

    private static bool Reads(string text, NumberFormat format, int scale, Int128 expected)
        => NumberText.Read(Encoding.UTF8.GetBytes(text), format, false, out var unscaled, out var found) is null
            && NumberText.Rescale(unscaled, found, scale, 38, out var value) is null && value == expected;
}
