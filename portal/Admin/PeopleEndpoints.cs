using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Access;
using OpenData.Portal.Errors;
using OpenData.Warehouse.Accounts;

namespace OpenData.Portal.Admin;

/// <summary>Accounts: invite, roles, units, links, disable and enable. For operators.</summary>
internal static class PeopleEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps them into the group of the administration.</summary>
    public static void MapPeople(this RouteGroupBuilder admin)
    {
        var people = admin.MapGroup("/people").RequireRole(AccountRole.Operator);
        people.MapMethods("", Reading, (HttpContext context, Desk desk) => ShowAsync(context, desk));
        people.MapPost("/invite", (HttpContext context, Desk desk) => DoAsync(
            context, desk, (book, actor, form) => book.InviteAsync(actor, form["name"].ToString(), Roles(form), Units(form), context.RequestAborted)!));
        people.MapPost("/link", (HttpContext context, Desk desk) => DoAsync(
            context, desk, (book, actor, form) => book.MakeLinkAsync(actor, form["name"].ToString(), context.RequestAborted)!));
        people.MapPost("/roles", (HttpContext context, Desk desk) => DoAsync(
            context, desk, (book, actor, form) => Silently(book.SetRolesAsync(actor, form["name"].ToString(), Roles(form), context.RequestAborted))));
        people.MapPost("/units", (HttpContext context, Desk desk) => DoAsync(
            context, desk, (book, actor, form) => Silently(book.SetUnitsAsync(actor, form["name"].ToString(), Units(form), context.RequestAborted))));
        people.MapPost("/disable", (HttpContext context, Desk desk) => DoAsync(
            context, desk, (book, actor, form) => Silently(book.DisableAsync(actor, form["name"].ToString(), context.RequestAborted))));
        people.MapPost("/enable", (HttpContext context, Desk desk) => DoAsync(
            context, desk, (book, actor, form) => Silently(book.EnableAsync(actor, form["name"].ToString(), context.RequestAborted))));
    }

    /// <summary>Does what the form asks; a link that came of it is shown at once and never again.</summary>
    private static async Task<IResult> DoAsync(HttpContext context, Desk desk, Func<AccountBook, string, IFormCollection, Task<string?>> work)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        try
        {
            var link = await work(await desk.BookAsync(context.RequestAborted), SignedIn.Require(context).Account.Name, form);
            return link is null
                ? AdminAnswers.SeeOther(context, "/admin/people")
                : await ShowAsync(context, desk, link: link, madeFor: form["name"].ToString());
        }
        catch (OpenDataException mistake) when (AdminAnswers.IsMistake(mistake))
        {
            return await ShowAsync(context, desk, mistake.Detail, status: ErrorStatus.Of(mistake.Code));
        }
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, Desk desk, LocalText? problem = null, string? link = null, string? madeFor = null, int status = StatusCodes.Status200OK)
    {
        var root = PublicAddress.Root(context.Request, context.RequestServices.GetRequiredService<PortalOptions>());
        return AdminAnswers.Page<PeoplePage>(
            context,
            new
            {
                Problem = problem,
                People = await (await desk.BookAsync(context.RequestAborted)).ListAsync(context.RequestAborted),
                MadeLink = link is null ? null : $"{root}/admin/link?token={link}",
                MadeFor = madeFor,
            },
            status);
    }

    private static IReadOnlyList<AccountRole> Roles(IFormCollection form) => AccountRoles.Of(form["role"].ToString());

    private static IReadOnlyList<string> Units(IFormCollection form) => UnitCodes.Parse(form["units"].ToString());

    private static async Task<string?> Silently(Task work)
    {
        await work;
        return null;
    }
}
