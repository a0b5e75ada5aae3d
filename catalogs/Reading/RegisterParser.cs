using System.Text.RegularExpressions;
using OpenData.Catalogs.Errors;

namespace OpenData.Catalogs.Reading;

/// <summary>publishers.yaml, themes.yaml and licenses.yaml → records. A bad entry stops itself; the others stay.</summary>
internal static partial class RegisterParser
{
    private const string EuThemeBase = "http://publications.europa.eu/resource/authority/data-theme/";

    public static Register<Publisher> Publishers(string text, ProblemList problems)
        => Read(text, problems, "publishers", "publisher", (fields, id) =>
        {
            var name = fields.Local("name", 200);
            var (code, email, url) = (fields.Text("agency_code", 40), ContractParser.ReadEmail(fields), ReadUrl(fields));
            return name is null ? null : new Publisher(id, name, code, email, url);
        });

    public static Register<Theme> Themes(string text, ProblemList problems)
        => Read(text, problems, "themes", "theme", (fields, id) =>
        {
            var name = fields.Local("name", 200);
            var eu = fields.Text("eu_theme");
            var code = eu?.StartsWith(EuThemeBase, StringComparison.Ordinal) == true ? eu[EuThemeBase.Length..] : eu;
            if (code is not null && !ContractWords.EuThemes.Contains(code))
            {
                fields.Bad("eu_theme", $"`eu_theme` is `{YamlTree.Shown(eu!)}`; write {EuThemeBase} and one of {string.Join(", ", ContractWords.EuThemes)}");
            }

            return name is null || code is null ? null : new Theme(id, name, EuThemeBase + code);
        });

    public static Register<License> Licenses(string text, ProblemList problems)
        => Read(text, problems, "licenses", "license", (fields, id) =>
        {
            var (name, terms, attribution) = (fields.Local("name", 200), fields.Local("text", 4000), fields.Local("attribution", 400));
            var (url, from) = (ReadUrl(fields), fields.Day("valid_from"));
            foreach (var wording in attribution is null ? [] : new[] { attribution.Vi, attribution.En })
            {
                if (Blank().Matches(wording).FirstOrDefault(m => m.Value is not ("{title}" or "{publisher}" or "{version}")) is { Value: var unknown })
                {
                    fields.Bad("attribution", $"`attribution` holds `{YamlTree.Shown(unknown)}`; known are {{title}}, {{publisher}} and {{version}}");
                }
            }

            return name is null || terms is null || attribution is null || from is null
                ? null
                : new License(id, name, terms, url, attribution, from.Value);
        });

    private static Register<T> Read<T>(
        string text, ProblemList problems, string file, string shape, Func<Fields, string, T?> entry)
        where T : class
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        var good = new List<T>();
        if (YamlTree.Parse(text, problems) is not { } map)
        {
            return new Register<T>([], named, IsReadable: false);
        }

        var root = new Fields(map, file, $"{file}.yaml", problems);
        foreach (var item in root.Items(file, "entries"))
        {
            if (item is not YamlValue.Map fieldsOfItem)
            {
                problems.Add(CatalogErrors.WrongShape, item.Line, $"an entry is {item.Shape}; it must be a map of fields");
                continue;
            }

            var own = new ProblemList(problems.File);
            var fields = new Fields(fieldsOfItem, shape, $"a {shape}", own);
            var id = fields.Text("id");
            if (id is not null && !ContractParser.NamePattern().IsMatch(id))
            {
                fields.Bad("id", $"`{YamlTree.Shown(id)}` is no id; write 1 to 63 of a-z, 0-9 and _, a letter first");
            }
            else if (id is not null && !named.Add(id))
            {
                fields.Report(CatalogErrors.Duplicate, "id", $"an earlier {shape} has the id `{id}` already");
            }

            var read = entry(fields, id ?? "");
            if (own.IsEmpty && read is not null)
            {
                good.Add(read);
            }

            problems.AddAll(own);
        }

        return new Register<T>(good, named, IsReadable: true);
    }

    private static string? ReadUrl(Fields fields)
    {
        var url = fields.Text("url", 2000);
        if (url is not null && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            fields.Bad("url", $"`url` is `{YamlTree.Shown(url)}`; write an http or https address");
        }

        return url;
    }

    [GeneratedRegex(@"\{[^{}]*\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blank();
}
