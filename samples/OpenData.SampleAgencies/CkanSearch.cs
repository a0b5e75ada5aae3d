using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenData.SampleAgencies;

/// <summary>
/// <c>datastore_search</c> as CKAN 2.10 answers it: validation in its order and words, a limit that is lowered in silence, exact totals, links.
/// Without full-text search, <c>distinct</c> and the record formats other than objects.
/// </summary>
internal static class CkanSearch
{
    private const int RowsDefault = 100;
    private const int RowsMax = 32_000;

    private static readonly string[] Known = ["resource_id", "id", "filters", "limit", "offset", "fields", "sort", "include_total", "records_format"];

    /// <summary>Answers a question; throws <see cref="CkanProblem"/> where CKAN says no.</summary>
    /// <param name="tables">The portal's tables.</param>
    /// <param name="question">Parameters by name, each a text or, given several times, a list of texts.</param>
    /// <param name="address">Path and query of the request, for the links; null for a question in the body.</param>
    /// <param name="isKnown">True when the caller showed a token.</param>
    public static JsonObject Answer(IReadOnlyList<CkanTable> tables, JsonObject question, string? address, bool isKnown)
    {
        var id = (question["resource_id"] ?? question["id"])?.ToString() ?? throw CkanProblem.Invalid("resource_id", "Missing value");
        var limit = Math.Min(Natural(question, "limit") ?? RowsDefault, RowsMax);
        var offset = Whole(question, "offset") ?? 0;
        var filters = Filters(question);
        if (question.Select(p => p.Key).Except(Known, StringComparer.Ordinal).FirstOrDefault() is { } extra)
        {
            throw CkanProblem.Invalid("__extras", $"invalid value \"{extra}\"");
        }

        var table = tables.FirstOrDefault(t => t.ResourceId == id) ?? throw CkanProblem.NotFound($"Not found: Resource \"{id}\" was not found.");
        if (table.IsPrivate && !isKnown)
        {
            throw CkanProblem.Denied($"User  not authorized to read resource {id}");
        }

        int Field(string parameter, string name)
            => table.AllFields.ToList().FindIndex(f => f.Id == name) is >= 0 and var at ? at : throw CkanProblem.Invalid(parameter, $"invalid value \"{name}\"");

        var fields = Texts(question["fields"]).Select(f => Field("fields", f)).ToList();
        var wanted = filters.Select(f => (Field: Field("filters", f.Key), Values: Alternatives(f.Value))).ToList();
        var order = Texts(question["sort"]).Select(s => Order(s, name => Field("sort", name))).ToList();
        if (offset < 0)
        {
            throw CkanProblem.Invalid("offset", $"invalid value \"{offset}\"");
        }

        var rows = Enumerable.Range(0, table.Rows.Count)
            .Where(r => wanted.All(w => w.Values.Contains(Shown(table.Cell(r, w.Field)), StringComparer.Ordinal)))
            .ToList();
        rows.Sort((a, b) => order.Select(o => o.Sign * Compare(table.Cell(a, o.Field), table.Cell(b, o.Field))).FirstOrDefault(c => c != 0) is not 0 and var c ? c : a - b);
        int[] shown = fields.Count > 0 ? [.. fields] : [.. Enumerable.Range(0, table.AllFields.Count)];
        return Result(table, question, [.. rows.Skip((int)offset).Take((int)limit)], shown, limit, offset, rows.Count, address);
    }

    private static JsonObject Result(CkanTable table, JsonObject question, int[] rows, int[] fields, long limit, long offset, int total, string? address)
    {
        var result = new JsonObject();
        if (question["filters"] is not null)
        {
            result["filters"] = Filters(question).DeepClone();
        }

        result["include_total"] = true;
        result["limit"] = limit;
        if (question["offset"] is not null)
        {
            result["offset"] = offset;
        }

        result["records_format"] = "objects";
        result["resource_id"] = table.ResourceId;
        if (question["sort"] is { } sort)
        {
            result["sort"] = sort.DeepClone();
        }

        result["total_estimation_threshold"] = null;
        result["records"] = new JsonArray([.. rows.Select(r => Record(table, r, fields))]);
        result["fields"] = new JsonArray([.. fields.Select(f => new JsonObject { ["id"] = table.AllFields[f].Id, ["type"] = table.AllFields[f].Type })]);
        result["_links"] = Links(address, limit, offset);
        result["total"] = total;
        result["total_was_estimated"] = false;
        return result;
    }

    private static JsonObject Record(CkanTable table, int row, int[] fields)
    {
        var record = new JsonObject();
        foreach (var field in fields)
        {
            record[table.AllFields[field].Id] = table.Cell(row, field)?.DeepClone();
        }

        return record;
    }

    // The next link is there on the last page too, and the one before is missing on the second.
    private static JsonObject Links(string? address, long limit, long offset)
    {
        if (address is null)
        {
            return [];
        }

        var bare = string.Join('&', address[(address.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').Where(p => !p.StartsWith("offset=", StringComparison.Ordinal)));
        var start = address[..(address.IndexOf('?', StringComparison.Ordinal) + 1)] + bare;
        var links = new JsonObject { ["start"] = start, ["next"] = string.Create(CultureInfo.InvariantCulture, $"{start}&offset={offset + limit}") };
        if (offset - limit > 0)
        {
            links["prev"] = string.Create(CultureInfo.InvariantCulture, $"{start}&offset={offset - limit}");
        }

        return links;
    }

    private static (int Field, int Sign) Order(string clause, Func<string, int> field)
        => clause.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
        {
            [.., "desc" or "DESC"] and var words => (field(string.Join(' ', words[..^1])), -1),
            [.., "asc" or "ASC"] and var words => (field(string.Join(' ', words[..^1])), 1),
            _ => (field(clause), 1),
        };

    private static int Compare(JsonNode? one, JsonNode? other) => (one, other) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        _ when one.GetValueKind() == JsonValueKind.Number && other.GetValueKind() == JsonValueKind.Number => decimal.Compare(Number(one), Number(other)),
        _ => string.CompareOrdinal(Shown(one), Shown(other)),
    };

    private static decimal Number(JsonNode node) => decimal.Parse(Shown(node), CultureInfo.InvariantCulture);

    private static string Shown(JsonNode? node) => node?.ToString() ?? "";

    private static JsonObject Filters(JsonObject question)
    {
        try
        {
            return question["filters"] switch
            {
                null => [],
                JsonObject map => map,
                var text => JsonNode.Parse(text.ToString()) as JsonObject ?? throw CkanProblem.Invalid("filters", "Cannot parse JSON"),
            };
        }
        catch (JsonException)
        {
            throw CkanProblem.Invalid("filters", "Cannot parse JSON");
        }
    }

    private static string[] Alternatives(JsonNode? value) => value is JsonArray list ? [.. list.Select(Shown)] : [Shown(value)];

    // A single text is split at its commas, a list is not.
    private static IEnumerable<string> Texts(JsonNode? value) => value switch
    {
        null => [],
        JsonArray list => list.Select(Shown),
        _ => Shown(value).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
    };

    private static long? Whole(JsonObject question, string name)
        => question[name] is not { } value ? null
            : long.TryParse(Shown(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
            : throw CkanProblem.Invalid(name, "Invalid integer");

    private static long? Natural(JsonObject question, string name)
        => Whole(question, name) is not { } number ? null : number >= 0 ? number : throw CkanProblem.Invalid(name, "Must be a natural number");
}
