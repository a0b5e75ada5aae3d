using OpenData.Catalogs.Errors;

namespace OpenData.Catalogs.Reading;

/// <content>One body from an address, or files.</content>
internal sealed partial class ContractParser
{
    /// <summary>Kinds that read one body, from an address or a file.</summary>
    private static SourceBinding Located(Fields source, SourceBinding binding)
    {
        var url = ReadUrl(source);
        var path = source.Text("path", UrlCharactersMax);
        if (source.Has("url") == source.Has("path"))
        {
            if (source.Has("url"))
            {
                source.Report(CatalogErrors.Contradiction, "path", "`url` and `path` both stand here; keep one");
            }
            else
            {
                source.Missing("url", "nor a `path`");
            }
        }

        if (path is not null)
        {
            CheckPlaceholders(source, "path", path);
        }

        var auth = ReadAuth(source);
        if (auth is not null && path is not null)
        {
            source.Report(CatalogErrors.Contradiction, "auth", "`auth` belongs to a `url`; a file needs none");
        }

        var pattern = ReadPattern(source, "pattern", 100);
        var pick = source.Word("pick", ContractWords.Picks, "all");
        if (path is null && (pattern is not null || pick != "all"))
        {
            source.Report(CatalogErrors.Contradiction, pattern is null ? "pick" : "pattern", "`pattern` and `pick` choose among the files of a folder; they go with `path`");
        }

        return binding with { Url = url, Path = path, Auth = auth, Pattern = pattern, Pick = pick };
    }

    private static string? ReadSheets(Fields source)
    {
        var sheets = ReadPattern(source, "sheets", 31);
        if (sheets is not null && source.Has("sheet"))
        {
            source.Report(CatalogErrors.Contradiction, "sheets", "`sheet` and `sheets` both stand here; keep one");
        }

        return sheets;
    }

    private static string? ReadPattern(Fields source, string field, int charactersMax)
    {
        var pattern = source.Text(field, charactersMax);
        if (pattern is not null && pattern.AsSpan().ContainsAny('/', '\\'))
        {
            source.Bad(field, $"`{field}` is `{YamlTree.Shown(pattern)}`; write a name in which * stands for any letters and ? for one, without a folder");
        }

        return pattern;
    }
}
