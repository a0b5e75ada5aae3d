using System.Globalization;
using Microsoft.AspNetCore.Identity;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Access;
using OpenData.Portal.Errors;
using OpenData.Portal.Pages;
using OpenData.Warehouse.Accounts;

namespace OpenData.Portal.Admin;

/// <summary>Signing in and out, one-time links, the own password.</summary>
internal static class SignInEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps them into the group of the administration.</summary>
    public static void MapSignIn(this RouteGroupBuilder admin)
    {
        admin.MapMethods("/sign-in", Reading, SignInPageAsync).OpenBeforeSignIn();
        admin.MapPost("/sign-in", SignInAsync).OpenBeforeSignIn();
        admin.MapMethods("/link", Reading, LinkPageAsync).OpenBeforeSignIn();
        admin.MapPost("/link", TakeLinkAsync).OpenBeforeSignIn();
        admin.MapPost("/sign-out", SignOutAsync).ForAnyRole();
        admin.MapMethods("/password", Reading, (HttpContext context) => AdminAnswers.Page<PasswordPage>(context)).ForAnyRole();
        admin.MapPost("/password", PasswordAsync).ForAnyRole();
    }

    private static async Task<IResult> SignInPageAsync(HttpContext context, Desk desk)
    {
        var book = await desk.BookAsync(context.RequestAborted);
        return AdminAnswers.Page<SignInPage>(context, new
        {
            NobodyYet = !await book.AnyAsync(context.RequestAborted),
            ReturnTo = ReturnAddress.Of(context.Request.Query["returnTo"], ""),
        });
    }

    private static async Task<IResult> SignInAsync(HttpContext context, Desk desk, Passwords passwords)
    {
        var token = context.RequestAborted;
        var form = await context.Request.ReadFormAsync(token);
        var (name, password, address) = (form["name"].ToString(), form["password"].ToString(), CallerAddress.Of(context));
        var book = await desk.BookAsync(token);
        var attempt = await book.AttemptAsync(name, address, token);
        if (attempt.WaitUntil is { } until)
        {
            var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
            context.Response.Headers.RetryAfter = Math.Ceiling((until - now).TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Again(new LocalText(
                $"{AdminWords.Wait.Vi} {Formats.Time(until.AddMinutes(1), Language.Vietnamese)}.", $"{AdminWords.Wait.En} {Formats.Time(until.AddMinutes(1), Language.English)}."),
                StatusCodes.Status429TooManyRequests);
        }

        var check = await passwords.CheckAsync(attempt.PasswordHash, password, token);
        if (attempt.Account is null || check is PasswordVerificationResult.Failed)
        {
            await book.FailAsync(name, address, token);
            return Again(AdminWords.Refused, StatusCodes.Status401Unauthorized);
        }

        var better = check is PasswordVerificationResult.SuccessRehashNeeded ? await passwords.HashAsync(password, token) : null;
        await book.SucceedAsync(attempt.Account.Name, address, better, token);
        await StartAsync(context, desk, book, attempt.Account.Name);
        return AdminAnswers.SeeOther(context, ReturnAddress.Of(form["returnTo"], "/admin"));

        IResult Again(LocalText problem, int status) => AdminAnswers.Page<SignInPage>(
            context, new { Problem = problem, Name = name.Length <= 64 ? name : "", ReturnTo = ReturnAddress.Of(form["returnTo"], "") }, status);
    }

    private static async Task<IResult> LinkPageAsync(HttpContext context, Desk desk)
    {
        var link = context.Request.Query["token"].ToString();
        return AdminAnswers.Page<LinkPage>(context, new { Link = await RequireLinkAsync(context, desk, link), Token = link });
    }

    private static async Task<IResult> TakeLinkAsync(HttpContext context, Desk desk, Passwords passwords)
    {
        var stop = context.RequestAborted;
        var form = await context.Request.ReadFormAsync(stop);
        var (token, password) = (form["token"].ToString(), form["password"].ToString());
        var link = await RequireLinkAsync(context, desk, token);
        var name = link.Name ?? form["name"].ToString();
        if (PasswordRules.Refusal(password, name) is { } refusal)
        {
            return Again(refusal);
        }

        try
        {
            var book = await desk.BookAsync(stop);
            var account = await book.TakeLinkAsync(token, name, await passwords.HashAsync(password, stop), stop);
            await StartAsync(context, desk, book, account.Name);
            return AdminAnswers.SeeOther(context, "/admin");
        }
        catch (OpenDataException mistake) when (mistake.Code == AccountErrors.BadName)
        {
            return Again(mistake.Detail);
        }

        IResult Again(LocalText problem) => AdminAnswers.Page<LinkPage>(
            context, new { Problem = problem, Link = link, Token = token, Name = name.Length <= 64 ? name : "" }, StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, Desk desk)
    {
        var person = SignedIn.Require(context);
        await (await desk.BookAsync(context.RequestAborted)).EndSessionAsync(person.Secret, person.Account.Name, context.RequestAborted);
        SessionCookie.Remove(context);
        return AdminAnswers.SeeOther(context, ClosedDoors.SignInPath);
    }

    private static async Task<IResult> PasswordAsync(HttpContext context, Desk desk, Passwords passwords)
    {
        var stop = context.RequestAborted;
        var name = SignedIn.Require(context).Account.Name;
        var form = await context.Request.ReadFormAsync(stop);
        var (old, password) = (form["old"].ToString(), form["password"].ToString());
        if (PasswordRules.Refusal(password, name) is { } refusal)
        {
            return Again(refusal);
        }

        // Whoever finds an open session must not guess the password through it.
        var book = await desk.BookAsync(stop);
        var address = CallerAddress.Of(context);
        var attempt = await book.AttemptAsync(name, address, stop);
        if (attempt.WaitUntil is not null || await passwords.CheckAsync(attempt.PasswordHash, old, stop) is PasswordVerificationResult.Failed)
        {
            await book.FailAsync(name, address, stop);
            return Again(AdminWords.WrongPassword);
        }

        await book.ChangePasswordAsync(name, await passwords.HashAsync(password, stop), stop);
        await StartAsync(context, desk, book, name);
        return AdminAnswers.SeeOther(context, "/admin");

        IResult Again(LocalText problem) => AdminAnswers.Page<PasswordPage>(context, new { Problem = problem }, StatusCodes.Status400BadRequest);
    }

    private static async Task<AccessLink> RequireLinkAsync(HttpContext context, Desk desk, string link)
        => await (await desk.BookAsync(context.RequestAborted)).ReadLinkAsync(link, context.RequestAborted) ?? throw AccountBook.LinkUnusable();

    // A secret of its own for each sign-in: what a browser had before is worth nothing.
    private static async Task StartAsync(HttpContext context, Desk desk, AccountBook book, string name)
        => SessionCookie.Write(context, await book.StartSessionAsync(
            name, CallerAddress.Of(context), SessionCookie.Read(context.Request), desk.Limits, context.RequestAborted));
}
