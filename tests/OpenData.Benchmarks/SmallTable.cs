using System.Globalization;
using System.Text;
using OpenData.Catalogs;

namespace OpenData.Benchmarks;

/// <summary>A small table of which every row says which edition it belongs to, so that an answer of two editions can be told.</summary>
internal static class SmallTable
{
    public const int Rows = 500;

    public static DatasetContract Contract(string id)
    {
        var yaml = Yaml.Replace("DATASET", id, StringComparison.Ordinal);
        var reading = CatalogReader.ReadContract(yaml, id + ".yaml");
        return reading.Contract ?? throw new InvalidOperationException(string.Join('\n', reading.Problems));
    }

    public static MemoryStream Csv(int edition)
    {
        var text = new StringBuilder("place,edition,name,amount,counted_at\n");
        for (var row = 0; row < Rows; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row:0000},{edition},Tổ dân phố số {row},{row * 3.25m:0.00},2026-11-01T08:{row % 60:00}:00+07:00\n");
        }

        return new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private const string Yaml =
        """
        dataset: DATASET
        title: { vi: Bảng nhỏ DATASET, en: Small table DATASET }
        summary: { vi: Dữ liệu mô phỏng để đo., en: Synthetic data for measuring. }
        synthetic: true
        publisher: bench
        theme: government
        license: bench
        access: open
        source: { kind: csv, path: "${BENCH_FILE}" }
        load: replace
        key: [place]
        order: [place]
        columns:
          - { name: place, type: code, required: true, title: { vi: Mã, en: Code } }
          - { name: edition, type: integer, required: true, title: { vi: Đợt, en: Edition } }
          - { name: name, type: text, title: { vi: Tên, en: Name } }
          - { name: amount, type: "decimal(12,2)", title: { vi: Số tiền, en: Amount } }
          - { name: counted_at, type: timestamp, title: { vi: Đếm lúc, en: Counted at } }
        expectations:
          - { rule: row_count, min: 1, on_fail: block }

        """;
}
