using System.Globalization;
using System.Text;
using OpenData.Catalogs;

namespace OpenData.Benchmarks;

/// <summary>The contract of <see cref="CaseTable"/>: a key, an order, eight rules over the row and bounds of the whole.</summary>
internal static class CaseContract
{
    public static DatasetContract Read()
    {
        var yaml = new StringBuilder(Head);
        foreach (var column in CaseTable.Columns)
        {
            var required = column.Name is "case_id" or "submitted_at" ? ", required: true" : "";
            yaml.Append(CultureInfo.InvariantCulture, $"  - {{ name: {column.Name}, type: \"{column.Type}\"{required}, title: {{ vi: {column.Name}, en: {column.Name} }} }}\n");
        }

        yaml.Append(Rules);
        var reading = CatalogReader.ReadContract(yaml.ToString(), "cases.yaml");
        return reading.Contract ?? throw new InvalidOperationException(string.Join('\n', reading.Problems));
    }

    private const string Head =
        """
        dataset: cases
        title: { vi: Hồ sơ, en: Cases }
        summary: { vi: Dữ liệu mô phỏng để đo., en: Synthetic data for measuring. }
        synthetic: true
        publisher: bench
        theme: government
        license: bench
        access: open
        source: { kind: csv, path: "${BENCH_FILE}" }
        load: replace
        key: [case_id]
        order: [submitted_at, case_id]
        columns:

        """;

    private const string Rules =
        """
        expectations:
          - { rule: sql, label: closed after submitted, check: closed_at is null or closed_at >= submitted_at, on_fail: quarantine }
          - { rule: sql, label: due after submitted, check: due_at >= submitted_at, on_fail: quarantine }
          - { rule: sql, label: fee not negative, check: fee >= 0, on_fail: quarantine }
          - { rule: sql, label: rating of five, check: rating is null or rating between 1 and 5, on_fail: quarantine }
          - { rule: sql, label: longitude, check: lon between 100 and 112, on_fail: quarantine }
          - { rule: sql, label: latitude, check: lat between 8 and 24, on_fail: quarantine }
          - { rule: sql, label: known channel, check: "channel in ('online', 'counter', 'post')", on_fail: quarantine }
          - { rule: sql, label: commune of five digits, check: length(commune) = 5, on_fail: quarantine }
          - { rule: row_count, min: 1, on_fail: block }

        """;
}
