using System.Text.RegularExpressions;
using OpenData.Catalogs.Errors;

namespace OpenData.Catalogs.Reading;

/// <content>A table in the DataStore of a CKAN portal.</content>
internal sealed partial class ContractParser
{
    // CKAN gives no more rows than this at once unless its owner says otherwise.
    private const int CkanRowsMax = 32_000;

    private SourceBinding ReadCkan(Fields source, SourceBinding binding)
    {
        var url = ReadUrl(source);
        if (url?.Contains('?', StringComparison.Ordinal) == true)
        {
            source.Bad("url", $"`url` is `{YamlTree.Shown(url)}`; write the portal's own address, for example ${{CKAN_URL}}, without a question; `resource_id` and `filters` say what is read");
        }

        var resource = source.Text("resource_id", 100);
        if (resource is not null && !ResourcePattern().IsMatch(resource))
        {
            source.Bad("resource_id", $"`resource_id` is `{YamlTree.Shown(resource)}`; write the id or alias of a resource: letters, digits, _ and -");
        }

        var size = (int)(source.Whole("size", 1, CkanRowsMax) ?? int.Parse(ContractShapes.Default("source_ckan", "size"), System.Globalization.CultureInfo.InvariantCulture));
        return binding with
        {
            Url = url,
            Auth = ReadAuth(source),
            ResourceId = resource,
            Filters = ReadFilters(source),
            Records = "$.result.records",
            Total = "$.result.total",
            Paging = new PagingBinding("offset") { Parameter = "offset", SizeParameter = "limit", Size = size },
        };
    }

    private Dictionary<string, IReadOnlyList<string>> ReadFilters(Fields source)
    {
        var filters = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        switch (source.Value("filters"))
        {
            case null or YamlValue.Scalar { IsNothing: true }:
                break;
            case YamlValue.Map map:
                foreach (var entry in map.Entries)
                {
                    var values = entry.Value switch
                    {
                        YamlValue.Scalar { IsNothing: false } one => [one.Text],
                        YamlValue.List list => list.Items.OfType<YamlValue.Scalar>().Where(i => !i.IsNothing).Select(i => i.Text).ToArray(),
                        _ => [],
                    };
                    if (values.Length == 0 || (entry.Value as YamlValue.List)?.Items.Count > values.Length)
                    {
                        _problems.Add(CatalogErrors.BadValue, entry.Line, $"{source.Place}: `filters.{YamlTree.Shown(entry.Key)}` must be a value or a list of values");
                    }

                    filters[entry.Key] = values;
                }

                break;
            case var other:
                source.Report(CatalogErrors.WrongShape, "filters", $"`filters` is {other.Shape}; it must be a map {{ field: value }}");
                break;
        }

        return filters;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ResourcePattern();
}
