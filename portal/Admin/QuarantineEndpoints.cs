using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenData.Portal.Access;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Accounts;
using OpenData.Warehouse.Quarantine;

namespace OpenData.Portal.Admin;

/// <summary>Records that runs refused: by dataset and rule, then in full. For operators.</summary>
internal static class QuarantineEndpoints
{
    private const int EntriesMax = 100;

    /// <summary>Records of one page.</summary>
    internal const int PageRecords = 100;

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps them into the group of the administration.</summary>
    public static void MapQuarantine(this RouteGroupBuilder admin)
    {
        var quarantine = admin.MapGroup("/quarantine").RequireRole(AccountRole.Operator);
        quarantine.MapMethods("", Reading, (HttpContext context, PortalOptions options) =>
        {
            var dataset = context.Request.Query["dataset"].ToString() is { Length: > 0 } asked ? asked : null;
            return AdminAnswers.Page<QuarantinePage>(context, new { Dataset = dataset ?? "", Entries = new QuarantineStore(options.DataFolder).List(dataset, EntriesMax) });
        });
        quarantine.MapMethods("/{run}", Reading, (string run, HttpContext context, PortalOptions options, ServedData served) => Show(run, context, new QuarantineStore(options.DataFolder), served.Current));
    }

    private static RazorComponentResult<QuarantineRunPage> Show(string run, HttpContext context, QuarantineStore store, ServedCatalog served)
    {
        var query = context.Request.Query;
        var rule = query["rule"].ToString() is { Length: > 0 } asked ? asked : null;
        _ = long.TryParse(query["after"], NumberStyles.None, CultureInfo.InvariantCulture, out var after);
        var entry = store.Find(run) ?? throw QuarantineStore.Unknown();

        // A column may have been found to be personal since.
        var personal = served.Catalog.Find(entry.Dataset)?.Columns.Where(c => c.Personal).Select(c => c.Name).ToHashSet(StringComparer.Ordinal) ?? [];
        return AdminAnswers.Page<QuarantineRunPage>(context, new
        {
            Entry = entry,
            Rule = rule,
            After = after,
            Records = store.Records(run, rule, after, PageRecords)
                .Select(r => r.Column is not null && personal.Contains(r.Column) ? r with { Column = null, Text = null } : r).ToList(),
        });
    }
}
