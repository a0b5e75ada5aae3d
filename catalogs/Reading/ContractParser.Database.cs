using System.Text.RegularExpressions;
using OpenData.Catalogs.Errors;

namespace OpenData.Catalogs.Reading;

/// <content>A database of an agency.</content>
internal sealed partial class ContractParser
{
    private SourceBinding ReadDatabase(Fields source, SourceBinding binding)
    {
        var connection = source.Text("connection", UrlCharactersMax);
        if (connection is not null)
        {
            CheckSecret(source, "connection", connection);
        }

        var table = source.Text("table", 140);
        if (table is not null && !TablePattern().IsMatch(table))
        {
            source.Bad("table", $"`table` is `{YamlTree.Shown(table)}`; write schema.table as the database spells it, without quotes");
        }

        var query = source.Text("query", SqlCharactersMax);
        if (query is not null)
        {
            SelectWords(source, query);
        }

        if (source.Has("table") && source.Has("query"))
        {
            source.Report(CatalogErrors.Contradiction, "query", "`table` and `query` both stand here; keep one");
        }
        else if (!source.Has("table") && !source.Has("query"))
        {
            source.Missing("table", "nor a `query`");
        }

        return binding with
        {
            Connection = connection,
            Table = table,
            Query = query,
            Incremental = ReadWatermark(source),
            Counted = source.Flag("counted") ?? true,
        };
    }

    [GeneratedRegex(@"\A[\p{L}_][\p{L}\p{M}\p{N}_$]{0,62}\.[\p{L}_][\p{L}\p{M}\p{N}_$]{0,62}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TablePattern();
}
