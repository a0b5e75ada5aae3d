using System.Globalization;
using OpenData.Portal.Access;
using OpenData.Portal.Assessments;
using OpenData.Warehouse.Accounts;
using OpenData.Warehouse.Audit;

namespace OpenData.Portal.Admin;

/// <summary>The administration, Vietnamese at <c>/admin</c> and English at <c>/en/admin</c>: one line for each section.</summary>
internal static class AdminEndpoints
{
    private const int AuditLines = 50;

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Who reads the audit log: it tells of drafts of every unit.</summary>
    internal static readonly AccountRole[] AuditReaders = [AccountRole.Operator, AccountRole.Approver, AccountRole.ScoringAdministrator];

    /// <summary>Maps all of it. <see cref="ClosedDoors"/> keeps out who has not signed in, and forms without their token.</summary>
    public static void MapAdmin(this IEndpointRouteBuilder routes)
    {
        foreach (var prefix in new[] { "", "/en" })
        {
            var admin = routes.MapGroup(prefix + "/admin").ExcludeFromDescription();
            admin.MapMethods("", Reading, (HttpContext context) => AdminAnswers.Page<AdminHomePage>(context)).ForAnyRole();
            admin.MapMethods("/audit", Reading, AuditAsync).RequireRole(AuditReaders);
            admin.MapSignIn();
            admin.MapPeople();
            admin.MapApprovals();
            admin.MapProposals();
            admin.MapRuns();
            admin.MapQuarantine();
            admin.MapSchedules();
            admin.MapAssessments();
        }
    }

    private static async Task<IResult> AuditAsync(HttpContext context, Desk desk)
    {
        var query = context.Request.Query;
        var book = await desk.BookAsync(context.RequestAborted);
        var filter = new AuditFilter(AuditLines)
        {
            Actor = query["actor"].ToString() is { Length: > 0 } actor ? actor : null,
            Action = query["action"].ToString() is { Length: > 0 } action ? action : null,
            Before = long.TryParse(query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : null,
        };
        return AdminAnswers.Page<AuditPage>(context, new { Filter = filter, Entries = await book.Audit.ListAsync(filter, context.RequestAborted) });
    }
}
