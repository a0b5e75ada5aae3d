using OpenData.TestKit;

namespace OpenData.Catalogs.Tests;

/// <summary>One mistake in a good contract gives one problem of the right kind on the right line.</summary>
public sealed class ContractProblemTests
{
    [Theory]

    // YAML itself
    [InlineData("access: open", "access: &a open", "OD1002", "anchor", 10)]
    [InlineData("access: open", "access: !!str open", "OD1002", "tag", 10)]
    [InlineData("load: merge", "load: merge\nload: merge", "OD1008", "line 22 has it already", 23)]
    [InlineData("  kind: http_json", "\tkind: http_json", "OD1002", "tab", 14)]
    [InlineData("load: merge", "load: [merge", "OD1002", "not valid YAML", 22)]
    [InlineData("landing: P30D }", "landing: P30D }\n---\nmore: 1", "OD1002", "second document", 45)]
    [InlineData("load: merge", "load: merge\n? [a, b]\n: c", "OD1002", "a list stands as a field name", 23)]
    [InlineData("Phòng dữ liệu", "\"\\uFFFF\"", "OD1006", "control character", 9)]

    // Fields
    [InlineData("load: merge", "laod: merge", "OD1003", "did you mean `load`?", 22)]
    [InlineData("theme: government\n", "", "OD1004", "has no `theme`", 1)]
    [InlineData("theme: government", "theme:", "OD1004", "has no `theme`", 5)]
    [InlineData("theme: government", "theme: null", "OD1006", "is null", 5)]
    [InlineData("theme: government", "theme: ''", "OD1006", "is empty", 5)]
    [InlineData("theme: government", "theme: [government]", "OD1005", "`theme` is a list; it must be a single value", 5)]
    [InlineData("keywords: {", "keywords: x #", "OD1005", "must be a map of `vi`, `en`", 6)]
    [InlineData("order: [submitted_at, case_id]", "order: case_id", "OD1005", "must be a list", 24)]
    [InlineData(", en: One-stop administrative cases", "", "OD1004", "has no `en`", 2)]
    [InlineData("dataset: one_stop_cases ", "dataset: One-Stop ", "OD1006", "is no dataset name", 1)]
    [InlineData("access: open", "access: opne", "OD1006", "did you mean `open`?", 10)]
    [InlineData("synthetic: true", "synthetic: yes", "OD1006", "write true or false", 11)]
    [InlineData("per case; synthetic.", "per case.", "OD1016", "does not say so", 3)]
    [InlineData("publisher: so_noi_vu", "publisher: Sở", "OD1006", "write the id", 4)]
    [InlineData("data@example.vn", "data", "OD1006", "name@example.vn", 9)]
    [InlineData("from: 2024-01-01", "from: 01/01/2024", "OD1006", "yyyy-MM-dd", 12)]
    [InlineData("from: 2024-01-01", "from: 2024-02-30", "OD1006", "yyyy-MM-dd", 12)]
    [InlineData("from: 2024-01-01", "from: 2024-01-01, to: 2023-01-01", "OD1016", "before `from`", 12)]
    [InlineData("[thủ tục hành chính]", "[a, a]", "OD1008", "twice", 6)]
    [InlineData("versions: 24", "versions: 0", "OD1006", "whole number from 1", 44)]
    [InlineData("20GB", "20 gigabytes", "OD1006", "20GB", 44)]
    [InlineData("landing: P30D", "landing: P1M", "OD1006", "ISO 8601", 44)]
    [InlineData("parquet, arrow]", "parquet, avro]", "OD1006", "`avro`", 43)]
    [InlineData("type: quarantine }", "type: ignore }", "OD1006", "`type` is `ignore`", 40)]

    // Deletions
    [InlineData("load: merge", "load: append\ndeletions: { from: gone }", "OD1016", "only load: merge", 23)]
    [InlineData("load: merge", "load: merge\ndeletions: { from: kenh }", "OD1016", "source of column `channel` too", 23)]
    [InlineData("load: merge", "load: merge\ndeletions: { from: cccd }", "OD1016", "source of column `citizen_id` too", 23)]
    [InlineData("load: merge", "load: merge\ndeletions: { values: [\"1\"] }", "OD1004", "has no `from`", 23)]

    // Source and refresh
    [InlineData("kind: http_json", "kind: ftp", "OD1006", "`source.kind` is `ftp`", 14)]
    [InlineData("  kind: http_json\n", "", "OD1004", "`source` has no `kind`", 14)]
    [InlineData("bearer: \"${ONE_STOP_TOKEN}\"", "bearer: abc", "OD1014", "`bearer` is not a placeholder", 16)]
    [InlineData("bearer: \"${ONE_STOP_TOKEN}\"", "basic: \"me:${PASSWORD}\"", "OD1014", "`basic` is not a placeholder", 16)]
    [InlineData("bearer: \"${ONE_STOP_TOKEN}\"", "header: X-Api-Key", "OD1004", "nor `basic`, `key` or `oauth`", 16)]
    [InlineData("bearer: \"${ONE_STOP_TOKEN}\"", "bearer: \"${A}\", basic: \"${B}\"", "OD1016", "both stand here", 16)]
    [InlineData("bearer: \"${ONE_STOP_TOKEN}\"", "bearer: \"${A}\", header: X-Api-Key", "OD1016", "go together", 16)]
    [InlineData("bearer: \"${ONE_STOP_TOKEN}\"", "oauth: { token_url: 'https://x.vn/t', client_id: me, client_secret: abc }", "OD1014", "`client_secret` is not a placeholder", 16)]
    [InlineData("bearer: \"${ONE_STOP_TOKEN}\"", "oauth: { token_url: 'https://me:abc@x.vn/t', client_id: me, client_secret: \"${A}\" }", "OD1014", "`token_url` holds a user name", 16)]
    [InlineData("bearer: \"${ONE_STOP_TOKEN}\"", "oauth: { token_url: 'ftp://x.vn/t', client_id: me, client_secret: \"${A}\" }", "OD1006", "`token_url` is", 16)]
    [InlineData("bearer: \"${ONE_STOP_TOKEN}\"", "oauth: { client_id: me, client_secret: \"${A}\" }", "OD1004", "`token_url`", 16)]
    [InlineData("bearer: \"${ONE_STOP_TOKEN}\"", "oauth: { token_url: 'https://x.vn/t', client_id: me, client_secret: \"${A}\", scope: 'a  b' }", "OD1006", "`scope` is", 16)]
    [InlineData("bearer: \"${ONE_STOP_TOKEN}\"", "key: \"${A}\"", "OD1016", "go together", 16)]
    [InlineData("bearer: \"${ONE_STOP_TOKEN}\"", "key: \"${A}\", header: \"X-Key:\"", "OD1006", "name of a header", 16)]
    [InlineData("bearer: \"${ONE_STOP_TOKEN}\"", "key: \"${A}\", header: content-length", "OD1006", "name of a header", 16)]
    [InlineData("${ONE_STOP_URL}/api/cases", "ftp://x/y", "OD1006", "http or https", 15)]
    [InlineData("${ONE_STOP_URL}/api/cases", "${one_stop}/api", "OD1014", "broken placeholder", 15)]
    [InlineData("${ONE_STOP_URL}/api/cases", "https://u:p@x.vn/", "OD1014", "user name or password", 15)]
    [InlineData("${ONE_STOP_URL}/api/cases", "https://x.vn/?api_key=123", "OD1014", "key or token", 15)]
    [InlineData("\"${ONE_STOP_TOKEN}\"", "eyJhbGciOi", "OD1014", "a secret never stands in a contract", 16)]
    [InlineData("records: $.data", "records: data", "OD1006", "$.data.items", 17)]
    [InlineData(", next: $.next", "", "OD1004", "style cursor needs", 18)]
    [InlineData("style: cursor", "style: scroll", "OD1006", "`style` is `scroll`", 18)]
    [InlineData("style: cursor, next: $.next", "style: page", "OD1004", "style page needs", 18)]
    [InlineData("next: $.next", "next: $.next, size: 10", "OD1016", "go together", 18)]
    [InlineData("column: updated_at", "column: channel", "OD1016", "does not grow", 20)]
    [InlineData("parameter: updated_since", "parameter: 'a=b'", "OD1006", "query parameter", 20)]
    [InlineData("PT10M", "10m", "OD1006", "ISO 8601", 20)]
    [InlineData("0 30 1 * * ?", "30 1 * * *", "OD1006", "has 5 fields", 21)]
    [InlineData("0 30 1 * * ?", "0 30 25 * * ?", "OD1006", "`25` as its hour", 21)]
    [InlineData("0 30 1 * * ?", "0 30 1 * * *", "OD1006", "`?` in exactly one", 21)]
    [InlineData("time_zone: Asia/Ho_Chi_Minh, due", "time_zone: Asia/Saigon_City, due", "OD1006", "no IANA time zone", 21)]
    [InlineData("time_zone: Asia/Ho_Chi_Minh, due", "time_zone: SE Asia Standard Time, due", "OD1006", "no IANA time zone", 21)]
    [InlineData("run_once", "run_twice", "OD1006", "did you mean `run_once`?", 21)]
    [InlineData("load: merge", "load: replace", "OD1016", "would drop every row", 22)]
    [InlineData("en: One-stop administrative cases", "en: '${TITLE}'", "OD1014", "placeholder", 2)]

    // Key, order and columns
    [InlineData("key: [case_id]", "key: []", "OD1006", "`key` is empty", 23)]
    [InlineData("key: [case_id]", "key: case_id", "OD1005", "write a list", 23)]
    [InlineData("key: [case_id]", "key: [case]", "OD1009", "no column of this contract", 23)]
    [InlineData("key: [case_id]", "key: [citizen_id]", "OD1010", "personal", 23)]
    [InlineData("key: [case_id]", "key: row", "OD1016", "needs a key of columns", 23)]
    [InlineData("order: [submitted_at,", "order: [citizen_id,", "OD1010", "personal", 24)]
    [InlineData("name: closed_at, type", "name: _closed, type", "OD1006", "reserved", 30)]
    [InlineData("name: channel,", "name: row,", "OD1006", "reserved", 32)]
    [InlineData("name: channel,", "name: Kênh,", "OD1006", "no column name", 32)]
    [InlineData("name: channel,", "name: fee,", "OD1008", "already", 32)]
    [InlineData("type: \"decimal(14,0)\"", "type: decimal", "OD1007", "decimal(14,2)", 28)]
    [InlineData("type: \"decimal(14,0)\"", "type: \"decimal(39,0)\"", "OD1007", "p from 1 to 38", 28)]
    [InlineData("type: \"decimal(14,0)\"", "type: \"decimal(5,6)\"", "OD1007", "s from 0 to p", 28)]
    [InlineData("type: text, one_of", "type: string, one_of", "OD1007", "write text", 32)]
    [InlineData("type: text, one_of", "type: txet, one_of", "OD1007", "did you mean `text`?", 32)]
    [InlineData("^[0-9]{3}\\.[0-9]{4}-[0-9]+$", "^([0-9]+$", "OD1006", "no regular expression", 26)]
    [InlineData("^[0-9]{3}\\.[0-9]{4}-[0-9]+$", "^(?=a)b$", "OD1006", "look-around", 26)]
    [InlineData("^[0-9]{3}\\.[0-9]{4}-[0-9]+$", "(a{100}){100}", "OD1006", "repeats more than", 26)]
    [InlineData("^[0-9]{3}\\.[0-9]{4}-[0-9]+$", "[a-z-[b]]", "OD1006", "RE2 does not know", 26)]
    [InlineData("unit: VND,", "unit: VND, matches: '^1$',", "OD1016", "text and code only", 28)]
    [InlineData("min: 0", "min: none", "OD1006", "a number with a point", 28)]
    [InlineData("min: 0", "min: 5, max: 4", "OD1016", "greater than `max`", 28)]
    [InlineData("number_format: vi", "number_format: de", "OD1006", "`number_format` is `de`", 28)]
    [InlineData("format: \"dd/MM/yyyy HH:mm\"", "format: d", "OD1006", "depends on the machine", 29)]
    [InlineData("format: \"dd/MM/yyyy HH:mm\"", "format: \"dd/MM HH:mm\"", "OD1006", "holds no year", 29)]
    [InlineData("format: \"dd/MM/yyyy HH:mm\"", "format: \"dd/MM/yyyy hh:mm\"", "OD1006", "write HH", 29)]
    [InlineData("truncate: day", "truncate: hour", "OD1006", "`truncate` is `hour`", 29)]
    [InlineData("one_of: [online, counter, post]", "one_of: []", "OD1006", "allows nothing", 32)]
    [InlineData("type: timestamp, title: { vi: Ngày xong, en: Closed }", "type: timestamp", "OD1004", "every public column needs", 30)]
    [InlineData("privacy: personal", "privacy: personel", "OD1006", "did you mean `personal`?", 33, "OD1004")]
    [InlineData("null_texts: [\"-\"]", "null_reason: why", "OD1009", "no column", 32)]
    [InlineData("null_texts: [\"-\"]", "null_reason: channel", "OD1016", "cannot hold reasons", 32)]

    // Lists
    [InlineData("type: text, one_of", "type: list, one_of", "OD1007", "needs the type of its values", 32)]
    [InlineData("type: text, one_of", "type: list(txet), one_of", "OD1007", "did you mean `text`?", 32)]
    [InlineData("type: text, one_of", "type: list(timestamp), one_of", "OD1007", "not offered", 32)]
    [InlineData("type: text, one_of", "type: list(list(text)), one_of", "OD1007", "not offered", 32)]
    [InlineData("type: text, one_of", "type: array, one_of", "OD1007", "write list(text)", 32)]
    [InlineData("type: text, one_of", "type: text, separator: ';', one_of", "OD1016", "list only", 32)]
    [InlineData("type: text, one_of", "type: list(text), separator: ';;', one_of", "OD1006", "write one sign", 32)]
    [InlineData("type: text, one_of", "type: list(text), search: true, one_of", "OD1016", "text and code only", 32)]
    [InlineData("type: text, one_of", "type: list(date), one_of", "OD1016", "text, code and integer", 32)]
    [InlineData("type: \"decimal(14,0)\", unit: VND, number_format: vi, min: 0", "type: \"list(decimal(14,0))\", min: none", "OD1006", "a number with a point", 28)]
    [InlineData("maHoSo, type: text", "maHoSo, type: list(text)", "OD1016", "cannot stand there", 23, "OD1016")]

    // Rules and relations
    [InlineData("rule: unique", "rule: uniqe", "OD1006", "did you mean `unique`?", 35)]
    [InlineData("rule: unique, ", "", "OD1004", "an expectation has no `rule`", 35)]
    [InlineData("columns: [case_id], on_fail", "columns: [nothing], on_fail", "OD1009", "no column", 35)]
    [InlineData("closed_at is null", "citizen_id is null", "OD1010", "personal", 36)]
    [InlineData("closed_at is null", "closed_at = 'a", "OD1006", "never closed", 36)]
    [InlineData("closed_at is null", "exists (select 1) or closed_at is null", "OD1006", "without SELECT", 36)]
    [InlineData("closed_at is null", "true; drop table x", "OD1006", "semicolon", 36)]
    [InlineData("shrink_max: 0.2", "shrink_max: 20%", "OD1006", "share from 0 to 1", 38)]
    [InlineData("min: 1, shrink_max: 0.2, ", "", "OD1004", "checks nothing", 38)]
    [InlineData("max: 0.01, on_fail: block", "max: 0.01, on_fail: quarantine", "OD1016", "no row to quarantine", 39)]
    [InlineData("columns: [case_id], on_fail: quarantine }", "columns: [case_id] }\n  - { rule: unique, columns: [case_id] }", "OD1008", "stands here again", 36)]
    [InlineData("commune_unit:", "commune:", "OD1008", "name of a column", 42)]
    [InlineData("on: { commune: code }", "on: { comune: code }", "OD1009", "did you mean `commune`?", 42)]
    [InlineData("as_at: submitted_at", "as_at: channel", "OD1016", "no moment", 42)]
    public void A_mistake_is_found_and_located(string right, string wrong, string code, string words, int line, string? also = null)
        => Culture.Vietnamese(() =>
        {
            Assert.Contains(right, SampleCatalog.Cases, StringComparison.Ordinal);
            var yaml = ReplaceFirst(SampleCatalog.Cases, right, wrong);
            var (contract, problems) = CatalogReader.ReadContract(yaml, "one_stop_cases.yaml");
            Assert.Null(contract);
            Assert.True(problems.Any(p => p.Code == code && p.Sentence.Contains(words, StringComparison.Ordinal)), string.Join("\n", problems));
            var found = problems.First(p => p.Code == code && p.Sentence.Contains(words, StringComparison.Ordinal));

            Assert.True(line == found.Line, $"AT {found.Line} {right} => {wrong}: {found}");
            Assert.All(problems, p => Assert.True(p.Code == code || p.Code == also || p.Code == "OD1009", p.ToString()));
        });

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("- a\n- b\n")]
    [InlineData("just words")]
    public void A_file_that_is_no_map_is_refused_with_a_sentence(string yaml)
    {
        var (contract, problems) = CatalogReader.ReadContract(yaml, "x.yaml");
        Assert.Null(contract);
        Assert.NotEmpty(problems);
        Assert.All(problems, p => Assert.Equal("x", p.Dataset));
    }

    [Fact]
    public void Nested_lists_and_aliases_cannot_grow_while_they_are_read()
    {
        var deep = "a: " + new string('[', 10_000);
        Assert.Contains(CatalogReader.ReadContract(deep, "x.yaml").Problems, p => p.Code == "OD1002");
        var bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";
        Assert.Contains(CatalogReader.ReadContract(bomb, "x.yaml").Problems, p => p.Sentence.Contains("alias", StringComparison.Ordinal));
        var many = "columns: [" + string.Join(",", Enumerable.Repeat("x", 60_000)) + "]";
        Assert.Contains(CatalogReader.ReadContract(many, "x.yaml").Problems, p => p.Sentence.Contains("more than 50000 values", StringComparison.Ordinal));
    }

    [Fact]
    public void The_sentence_about_a_secret_does_not_repeat_it()
    {
        var problems = CatalogReader.ReadContract(
            ReplaceFirst(SampleCatalog.Cases, "\"${ONE_STOP_TOKEN}\"", "s3cr3t-t0k3n"), "x.yaml").Problems;
        Assert.DoesNotContain("s3cr3t", problems.Single().Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_looks_like_yes_no_or_a_number_stays_text()
    {
        var contract = CatalogReader.ReadContract(
            ReplaceFirst(SampleCatalog.Cases, "[online, counter, post]", "[no, 019, 1e3]"), "x.yaml").Contract;
        Assert.Equal(["no", "019", "1e3"], contract!.Column("channel")!.OneOf);
    }

    [Fact]
    public void Texts_are_brought_to_NFC()
    {
        var contract = CatalogReader.ReadContract(SampleCatalog.Cases.Normalize(System.Text.NormalizationForm.FormD), "x.yaml").Contract;
        Assert.Equal("Hồ sơ một cửa", contract!.Title.Vi);
    }

    [Fact]
    public void A_key_column_is_required_and_the_default_order_is_time_then_key()
    {
        var contract = CatalogReader.ReadContract(SampleCatalog.Units, "x.yaml").Contract!;
        Assert.True(contract.Column("valid_from")!.Required);
        Assert.Equal(["code", "level", "valid_from"], contract.Order);
        var cases = CatalogReader.ReadContract(ReplaceFirst(SampleCatalog.Cases, "order: [submitted_at, case_id]\n", ""), "x.yaml").Contract!;
        Assert.Equal(["submitted_at", "case_id"], cases.Order);
    }

    private static string ReplaceFirst(string text, string right, string wrong)
    {
        var at = text.IndexOf(right, StringComparison.Ordinal);
        return string.Concat(text.AsSpan(0, at), wrong, text.AsSpan(at + right.Length));
    }
}
