using System.Globalization;

namespace OpenData.Warehouse.Tests.Changes;

/// <summary>A random table of every type as SQL tuples, and the same table some changes later.</summary>
internal sealed class RandomRows(Random random)
{
    public const string Columns = """
        name: k, type: code, required: true, title: { vi: Mã, en: Code }
        name: f, type: float, required: true, title: { vi: Số, en: Number }
        name: id, type: integer, required: true, title: { vi: Số, en: Number }
        name: t, type: text, empty: keep, title: { vi: Chữ, en: Text }
        name: d, type: "decimal(38,10)", title: { vi: Số, en: Number }
        name: x, type: float, title: { vi: Số, en: Number }
        name: b, type: boolean, title: { vi: Đúng, en: Truth }
        name: day, type: date, title: { vi: Ngày, en: Day }
        name: o, type: time, title: { vi: Giờ, en: Time }
        name: at, type: timestamp, title: { vi: Lúc, en: At }
        name: u, type: uuid, title: { vi: Mã, en: Id }
        name: j, type: json, title: { vi: JSON, en: JSON }
        """;

    private static readonly string[] Texts = ["''", "'a'", "'A'", "'é'", "'e\u0301'", "'a,\"b\"'", "'hai\ndòng'", "'đ'", "'  '", "'=1'", "'\U0001F600'"];
    private static readonly string[] Floats = ["0.0", "-0.0::DOUBLE", "'NaN'::DOUBLE", "'inf'::DOUBLE", "0.1", "1e300", "5e-324", "123456789.123456"];

    private readonly List<string[]> _rows = [];
    private int _next;

    public IEnumerable<string> Table(int rows)
    {
        for (var i = 0; i < rows; i++)
        {
            _rows.Add(Row());
        }

        return _rows.Select(r => string.Join(", ", r)).ToList();
    }

    public IEnumerable<string> Mutated()
    {
        _rows.RemoveAll(_ => random.Next(6) == 0);
        foreach (var row in _rows.Where(_ => random.Next(3) == 0))
        {
            var fresh = Row();
            var column = 3 + random.Next(9);
            row[column] = fresh[column];
        }

        return Table(random.Next(1, 12));
    }

    private string[] Row()
    {
        var number = _next++;
        return
        [
            $"'{number % 7:000}'",
            string.Create(CultureInfo.InvariantCulture, $"{number}.5"),
            number.ToString(CultureInfo.InvariantCulture),
            Maybe(Texts[random.Next(Texts.Length)]),
            Maybe(string.Create(CultureInfo.InvariantCulture, $"{random.Next(3)}.0000000001")),
            Maybe(Floats[random.Next(Floats.Length)]),
            Maybe(random.Next(2) == 0 ? "true" : "false"),
            Maybe($"DATE '{1900 + random.Next(200)}-0{1 + random.Next(9)}-28'"),
            Maybe($"TIME '0{random.Next(10)}:00:00.00000{random.Next(10)}'"),
            Maybe($"TIMESTAMP '2026-0{1 + random.Next(9)}-28 0{random.Next(10)}:00:00.00000{random.Next(10)}'"),
            Maybe($"'00000000-0000-0000-0000-00000000000{random.Next(10)}'::UUID"),
            Maybe($"'{{\"a\": {random.Next(3)}}}'"),
        ];
    }

    private string Maybe(string value) => random.Next(5) == 0 ? "NULL" : value;
}
