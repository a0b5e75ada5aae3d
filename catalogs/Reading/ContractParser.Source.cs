using System.Text.RegularExpressions;
using OpenData.Catalogs.Errors;

namespace OpenData.Catalogs.Reading;

/// <content>Where the data comes from, and when.</content>
internal sealed partial class ContractParser
{
    private const int SqlCharactersMax = 20_000;
    private const int UrlCharactersMax = 2000;

    private SourceBinding ReadSource(Fields root)
    {
        var unknown = new SourceBinding("");
        switch (root.Value("source"))
        {
            case YamlValue.Map map:
                var kind = map.Entries.FirstOrDefault(e => e.Key == "kind");
                if (kind?.Value is not YamlValue.Scalar { Text: var word })
                {
                    _problems.Add(CatalogErrors.MissingField, map.Line, $"`source` has no `kind`; write one of {string.Join(", ", ContractWords.SourceKinds)}");
                    return unknown;
                }

                if (!ContractWords.SourceKinds.Contains(word))
                {
                    _problems.Add(CatalogErrors.BadValue, kind.Line, $"`source.kind` is `{YamlTree.Shown(word)}`{NearestName.Suggestion(word, ContractWords.SourceKinds)}");
                    return unknown;
                }

                return ReadSource(new Fields(map, $"source_{word}", $"the {word} source", _problems), word);
            case null or YamlValue.Scalar { IsNothing: true }:
                return unknown;
            case var other:
                root.Report(CatalogErrors.WrongShape, "source", $"`source` is {other.Shape}; it must be a map with `kind`");
                return unknown;
        }
    }

    private SourceBinding ReadSource(Fields source, string kind)
    {
        var binding = new SourceBinding(kind);
        switch (kind)
        {
            case "csv":
                binding = Located(source, binding) with
                {
                    Encoding = source.Word("encoding", ContractWords.Encodings, "utf-8"),
                    Delimiter = source.Character("delimiter") ?? ',',
                    Quote = source.Character("quote") ?? '"',
                    SkipRows = (int)(source.Whole("skip_rows", 0, 1000) ?? 0),
                    Footer = source.Text("footer"),
                };
                if (binding.Delimiter == binding.Quote || binding.Delimiter is '\r' or '\n' || binding.Quote is '\r' or '\n')
                {
                    source.Report(CatalogErrors.Contradiction, "delimiter", "`delimiter` and `quote` must be two different characters and no line ends");
                }

                return binding;
            case "xlsx":
                return Located(source, binding) with
                {
                    Sheet = source.Text("sheet", 31),
                    Sheets = ReadSheets(source),
                    SkipRows = (int)(source.Whole("skip_rows", 0, 1000) ?? 0),
                    HeaderRows = (int)(source.Whole("header_rows", 1, 10) ?? 1),
                    Footer = source.Text("footer"),
                };
            case "http_json":
                return binding with
                {
                    Url = ReadUrl(source),
                    Auth = ReadAuth(source),
                    Records = ReadJsonPath(source, "records"),
                    Paging = ReadPaging(source),
                    Total = ReadJsonPath(source, "total"),
                    Repeats = source.Flag("repeats") ?? false,
                    Incremental = ReadIncremental(source),
                };
            case "odata":
                return binding with
                {
                    Url = ReadUrl(source),
                    Auth = ReadAuth(source),
                    Records = "$.value",
                    Counted = source.Flag("counted") ?? true,
                    Repeats = source.Flag("repeats") ?? false,
                    Incremental = ReadWatermark(source),
                };
            case "ckan":
                return ReadCkan(source, binding);
            case "ndjson" or "geojson":
                return Located(source, binding);
            case "database":
                return ReadDatabase(source, binding);
            case "sql":
                return ReadSql(source, binding);
            case "scores":
                return binding with { Table = source.Word("table", ContractWords.ScoreTables, null) };
            default:
                return binding with { Path = ReadManualPath(source) };
        }
    }

    private static string? ReadUrl(Fields source, string field = "url")
    {
        if (source.Text(field, UrlCharactersMax) is not { } url)
        {
            return null;
        }

        if (!CheckPlaceholders(source, field, url))
        {
            return url;
        }

        // A leading placeholder stands for scheme and host.
        var probe = Placeholder().Replace(url, url.StartsWith("${", StringComparison.Ordinal) ? "http://configured" : "configured", 1);
        probe = Placeholder().Replace(probe, "configured");
        if (!Uri.TryCreate(probe, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Fragment.Length > 0)
        {
            source.Bad(field, $"`{field}` is `{YamlTree.Shown(url)}`; write an http or https address, for example ${{AGENCY_URL}}/api/cases");
        }
        else if (uri.UserInfo.Length > 0)
        {
            source.Report(CatalogErrors.SecretOrPlaceholder, field, $"`{field}` holds a user name or password; use `auth: {{ basic: ${{NAME}} }}`, and never a secret");
        }
        else if (SecretParameter().IsMatch(url))
        {
            source.Report(CatalogErrors.SecretOrPlaceholder, field, $"`{field}` holds a key or token as text; put it in configuration and write a placeholder ${{NAME}}");
        }

        return url;
    }

    private static bool CheckPlaceholders(Fields source, string field, string text)
    {
        if (!Placeholder().Replace(text, "").Contains("${", StringComparison.Ordinal))
        {
            return true;
        }

        source.Report(CatalogErrors.SecretOrPlaceholder, field, $"`{field}` holds a broken placeholder; write ${{NAME}} with A-Z, 0-9 and _");
        return false;
    }

    private static PagingBinding? ReadPaging(Fields source)
    {
        if (source.Map("paging", "paging") is not { } paging)
        {
            return null;
        }

        var style = paging.Word("style", ContractWords.PagingStyles, null);
        var binding = new PagingBinding(style ?? "")
        {
            Next = ReadJsonPath(paging, "next"),
            Parameter = ReadParameter(paging, "parameter"),
            SizeParameter = ReadParameter(paging, "size_parameter"),
            Size = (int?)paging.Whole("size", 1, 100_000),
        };
        if (style == "cursor" && !paging.Has("next"))
        {
            paging.Missing("next", "which style cursor needs: where the body says the next address or token, for example $.next");
        }

        if (style is "page" or "offset" && !paging.Has("parameter"))
        {
            paging.Missing("parameter", $"which style {style} needs: the query parameter that carries the {style}");
        }

        if (paging.Has("size_parameter") != paging.Has("size"))
        {
            paging.Report(CatalogErrors.Contradiction, "size", "`size` and `size_parameter` go together; write both or neither");
        }

        return binding;
    }

    private IncrementalBinding? ReadIncremental(Fields source)
    {
        if (source.Map("incremental", "incremental") is not { } incremental)
        {
            return null;
        }

        return Watermark(incremental) with { Parameter = ReadParameter(incremental, "parameter") ?? "", Until = ReadParameter(incremental, "until") };
    }

    private IncrementalBinding? ReadWatermark(Fields source) => source.Map("incremental", "watermark") is { } watermark ? Watermark(watermark) : null;

    private IncrementalBinding Watermark(Fields incremental)
    {
        var column = incremental.Text("column");
        if (column is not null && IsPublicColumn(incremental, "column", column)
            && _columns.First(c => c.Name == column).Type.Kind is not (ColumnKind.Timestamp or ColumnKind.Date or ColumnKind.Integer))
        {
            incremental.Report(CatalogErrors.Contradiction, "column", $"`{column}` does not grow; name a column of type timestamp, date or integer");
        }

        return new IncrementalBinding(column ?? "", "", incremental.Duration("overlap") ?? TimeSpan.FromMinutes(10))
        {
            OverlapCount = incremental.Whole("overlap_count", 0, 1_000_000_000) ?? 1000,
            Reconcile = incremental.Map("reconcile", "reconcile") is { } reconcile ? ReadCron(reconcile) : null,
        };
    }

    private static string? ReadCron(Fields fields)
    {
        var cron = fields.Text("cron", 120);
        if (cron is not null && CronText.Problem(cron) is { } problem)
        {
            fields.Bad("cron", $"the cron expression {problem}");
        }

        return cron;
    }

    private static string? ReadParameter(Fields fields, string name)
    {
        var parameter = fields.Text(name, 60);
        if (parameter is not null && !ParameterPattern().IsMatch(parameter))
        {
            fields.Bad(name, $"`{name}` is `{YamlTree.Shown(parameter)}`; write a query parameter of letters, digits, $, _, . and -");
        }

        return parameter;
    }

    private static string? ReadJsonPath(Fields fields, string name)
    {
        var path = fields.Text(name);
        if (path is not null && !JsonPathPattern().IsMatch(path))
        {
            fields.Bad(name, $"`{name}` is `{YamlTree.Shown(path)}`; write a path of names from the top, for example $.data.items");
        }

        return path;
    }

    private SourceBinding ReadSql(Fields source, SourceBinding binding)
    {
        var query = source.Text("query", SqlCharactersMax);
        var parents = source.Texts("parents", "datasets");
        if (parents.Count == 0 && source.Value("parents") is YamlValue.List)
        {
            source.Bad("parents", "`parents` is empty; list the datasets that the query reads");
        }

        foreach (var parent in parents.Where(p => !NamePattern().IsMatch(p)))
        {
            source.Bad("parents", $"`{YamlTree.Shown(parent)}` is no dataset name; write a-z, 0-9 and _");
        }

        if (query is not null)
        {
            var words = SelectWords(source, query);
            foreach (var parent in parents.Where(p => words is not null && !words.Contains(p)))
            {
                source.Report(CatalogErrors.Contradiction, "parents", $"`parents` lists `{YamlTree.Shown(parent)}`, which the query does not read; remove it");
            }
        }

        if (_columns.FirstOrDefault(c => c.Personal) is { } personal)
        {
            source.Report(CatalogErrors.PersonalColumn, "kind", $"a derived dataset has the personal column `{personal.Name}`; nothing stores personal values, so remove it");
        }

        foreach (var part in new[] { "parents", "query" })
        {
            _lines[$"source.{part}"] = source.LineOf(part);
        }

        return binding with { Query = query, Parents = parents };
    }

    /// <summary>The words of one SELECT; null, and said so, when it is none.</summary>
    private static IReadOnlyList<string>? SelectWords(Fields source, string query)
    {
        var (words, problem) = SqlWords.Of(query);
        if (problem is not null)
        {
            source.Bad("query", $"the query cannot be taken: {problem}");
            return null;
        }

        if (words.Count == 0 || words[0] is not ("select" or "with"))
        {
            source.Bad("query", "the query must be one SELECT (WITH may precede it)");
            return null;
        }

        return words;
    }

    private string? ReadManualPath(Fields source)
    {
        _lines["source.path"] = source.LineOf("path");
        if (source.Text("path", UrlCharactersMax) is not { } path)
        {
            return null;
        }

        if (path.Contains("${", StringComparison.Ordinal))
        {
            source.Report(CatalogErrors.SecretOrPlaceholder, "path", "`path` of manual values holds a placeholder; the file is part of the catalogue, write its path");
            return path;
        }

        // From the contract's folder (datasets/) one step up is the catalogue itself; further would leave it.
        var depth = 1;
        var outside = Path.IsPathRooted(path) || path.Contains('\\', StringComparison.Ordinal);
        foreach (var step in path.Split('/'))
        {
            depth += step switch
            {
                ".." => -1,
                "." or "" => 0,
                _ => 1,
            };
            outside |= depth < 0;
        }

        if (outside || path.EndsWith('/'))
        {
            source.Bad("path", $"`path` is `{YamlTree.Shown(path)}`; write a file inside the catalogue, relative to the contract, for example ../data/values.csv");
        }

        return path;
    }

    private static RefreshPolicy ReadRefresh(Fields root)
    {
        var refresh = root.Map("refresh", "refresh");
        var cron = refresh is null ? null : ReadCron(refresh);
        var due = refresh?.Duration("due_within");
        if (due == TimeSpan.Zero)
        {
            refresh!.Bad("due_within", "`due_within` is no time at all; write for example PT36H");
        }

        var workingDays = refresh?.Whole("due_within_working_days", 1, 250);
        if (workingDays is not null && due is not null)
        {
            refresh!.Report(
                CatalogErrors.Contradiction, "due_within_working_days", "`due_within` and `due_within_working_days` both promise a time; keep one");
        }

        return new RefreshPolicy(
            cron,
            refresh?.Zone("time_zone") ?? ContractShapes.Default("refresh", "time_zone"),
            due,
            refresh?.Word("misfire", ContractWords.Misfires, "run_once") ?? "run_once")
        {
            DueWithinWorkingDays = (int?)workingDays,
        };
    }

    [GeneratedRegex(@"\$\{[A-Z][A-Z0-9_]*\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"[?&](api[_-]?key|key|token|access[_-]?token|secret|password|pwd|sig|signature)=(?!\$\{)[^&]+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretParameter();

    [GeneratedRegex(@"\A[A-Za-z0-9_.$-]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ParameterPattern();

    [GeneratedRegex(@"\A\$(\.[A-Za-z_][A-Za-z0-9_-]*){0,10}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex JsonPathPattern();
}
