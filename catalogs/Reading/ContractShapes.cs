namespace OpenData.Catalogs.Reading;

/// <summary>
/// Every map that a catalogue file may hold, with its fields. The reader refuses a field that is not here and cannot ask for
/// one; the JSON Schemas, docs/contracts.md and docs/frameworks.md are compared with this table by tests.
/// </summary>
internal static class ContractShapes
{
    /// <summary>Shapes by name: <c>dataset</c>, <c>column</c>, <c>source_csv</c>, ...</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<ContractField>> All { get; } =
        new Dictionary<string, IReadOnlyList<ContractField>>(StringComparer.Ordinal)
        {
            ["dataset"] = Of(
                "dataset!", "title!", "summary!", "publisher!", "theme!", "license!", "keywords", "legal_basis", "contact",
                "access=open", "synthetic=false", "coverage", "time_zone=Asia/Ho_Chi_Minh", "source!", "refresh", "load=replace",
                "deletions", "key!", "order", "columns!", "expectations", "drift", "relations",
                "distributions=[csv, csv_excel, xlsx, tsv, json, ndjson, geojson, parquet, arrow, arrows]", "suppress", "approval", "keep"),
            ["text"] = Of("vi!", "en!"),
            ["keywords"] = Of("vi", "en"),
            ["legal_basis"] = Of("act!", "from!", "to"),
            ["contact"] = Of("name!", "email!", "phone"),
            ["coverage"] = Of("area", "from", "to"),
            ["source_csv"] = Of(
                "kind!", "url", "path", "pattern", "pick=all", "auth", "encoding=utf-8", "delimiter=','", "quote='\"'", "skip_rows=0", "footer"),
            ["source_xlsx"] = Of("kind!", "url", "path", "pattern", "pick=all", "auth", "sheet", "sheets", "skip_rows=0", "header_rows=1", "footer"),
            ["source_http_json"] = Of("kind!", "url!", "auth", "records", "paging", "total", "repeats=false", "incremental"),
            ["source_odata"] = Of("kind!", "url!", "auth", "counted=true", "repeats=false", "incremental"),
            ["source_ckan"] = Of("kind!", "url!", "resource_id!", "auth", "filters", "size=1000"),
            ["source_ndjson"] = Of("kind!", "url", "path", "pattern", "pick=all", "auth"),
            ["source_geojson"] = Of("kind!", "url", "path", "pattern", "pick=all", "auth"),
            ["source_database"] = Of("kind!", "connection!", "table", "query", "incremental", "counted=true"),
            ["source_sql"] = Of("kind!", "query!", "parents!"),
            ["source_scores"] = Of("kind!", "table!"),
            ["source_manual"] = Of("kind!", "path!"),
            ["auth"] = Of("bearer", "basic", "key", "header", "oauth"),
            ["oauth"] = Of("token_url!", "client_id!", "client_secret!", "scope", "credentials=basic"),
            ["paging"] = Of("style!", "next", "parameter", "size_parameter", "size"),
            ["incremental"] = Of("column!", "parameter!", "until", "overlap=PT10M", "overlap_count=1000", "reconcile"),
            ["watermark"] = Of("column!", "overlap=PT10M", "overlap_count=1000", "reconcile"),
            ["reconcile"] = Of("cron!"),
            ["refresh"] = Of("cron", "time_zone=Asia/Ho_Chi_Minh", "due_within", "due_within_working_days", "misfire=run_once"),
            ["column"] = Of(
                "name!", "from", "type!", "title", "description", "required=false", "unit", "matches", "one_of", "min", "max",
                "codelist", "format", "time_zone", "number_format", "empty=null", "privacy", "search", "separator", "null_texts",
                "truncate", "null_reason"),
            ["expectation_unique"] = Of("rule!", "columns!", "on_fail=quarantine"),
            ["expectation_sql"] = Of("rule!", "check!", "label", "on_fail=quarantine"),
            ["expectation_exists_in"] = Of("rule!", "column!", "dataset!", "match!", "on_fail=warn"),
            ["expectation_row_count"] = Of("rule!", "min", "max", "shrink_max", "on_fail=block"),
            ["expectation_quarantine_share"] = Of("rule!", "max!", "on_fail=block"),
            ["drift"] = Of("new_column=propose", "missing_column=block", "type=quarantine"),
            ["deletions"] = Of("from!", "values=[]"),
            ["relation"] = Of("to!", "on!", "as_at"),
            ["suppress"] = Of("when!", "columns!", "within=[]"),
            ["suppress_when"] = Of("column!", "count_below!"),
            ["approval"] = Of("required!", "not_before", "keep_rejected=P30D"),
            ["keep"] = Of("versions=24", "bytes", "landing=P30D"),
            ["framework"] = Of(
                "framework!", "version=1", "title!", "note", "level!", "act", "from", "to", "years", "total=1000", "component_count",
                "sourced=false", "sources", "rank_by=unrounded", "decimals=4", "structure_only=false", "pillars", "peer_groups",
                "main_indices!"),
            ["framework_pillar"] = Of("code!", "name!", "points", "main!", "sourced=false"),
            ["framework_peer_group"] = Of("code!", "name!"),
            ["main_index"] = Of("code!", "name!", "points", "component_count", "sourced=false", "components"),
            ["component"] = Of(
                "code!", "name!", "points!", "sourced=false", "formula!", "inputs", "not_applicable=redistribute", "missing=zero",
                "decimals", "evidence", "supplier", "verifier", "automatic"),
            ["component_input"] = Of("role!", "title!", "unit"),
            ["component_automatic"] = Of("role!", "dataset!", "unit!", "measure!", "column", "period", "filter"),
            ["automatic_filter"] = Of("column!", "equals", "in"),
            ["formula_boolean"] = Of("kind!"),
            ["formula_levels"] = Of("kind!", "levels!"),
            ["formula_parts"] = Of("kind!", "parts!"),
            ["formula_steps"] = Of("kind!", "steps!"),
            ["formula_ratio"] = Of("kind!", "zero=zero", "above=error"),
            ["formula_ratio_capped"] = Of("kind!", "target!", "zero=zero"),
            ["formula_tiers"] = Of("kind!", "tiers!", "zero=zero"),
            ["formula_relative_to_best"] = Of("kind!", "zero=zero"),
            ["formula_count_capped"] = Of("kind!", "full!"),
            ["formula_growth"] = Of("kind!", "target!", "zero=zero"),
            ["formula_inverse"] = Of("kind!", "zero=zero", "above=error"),
            ["formula_goalpost"] = Of("kind!", "min!", "max!"),
            ["formula_survey"] = Of("kind!", "scale=100"),
            ["formula_external"] = Of("kind!"),
            ["publishers"] = Of("publishers!"),
            ["publisher"] = Of("id!", "name!", "agency_code", "email", "url"),
            ["themes"] = Of("themes!"),
            ["theme"] = Of("id!", "name!", "eu_theme!"),
            ["licenses"] = Of("licenses!"),
            ["license"] = Of("id!", "name!", "text!", "url", "attribution!", "valid_from!"),
            ["holidays"] = Of("years!"),
            ["holiday_year"] = Of("year!", "holidays!", "make_up_days"),
            ["holiday"] = Of("from!", "to", "name!", "basis!", "status!"),
            ["make_up_day"] = Of("day!", "basis!", "status!"),
        };

    /// <summary>The default of a field, as YAML.</summary>
    public static string Default(string shape, string field)
        => All[shape].First(f => string.Equals(f.Name, field, StringComparison.Ordinal)).Default
            ?? throw new InvalidOperationException($"{shape}.{field} has no default.");

    // "name!" is required, "name=value" has a default.
    private static ContractField[] Of(params string[] fields)
        => [.. fields.Select(f => f.Split('=', 2) is [var name, var value]
            ? new ContractField(name, Required: false, value)
            : new ContractField(f.TrimEnd('!'), f.EndsWith('!'), Default: null))];
}
