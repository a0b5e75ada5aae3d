using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Catalogs.Frameworks;
using OpenData.Portal.Access;
using OpenData.Portal.Admin;
using OpenData.Portal.Errors;
using OpenData.Portal.Serving;

namespace OpenData.Portal.Assessments;

/// <summary>A scoring administrator opens a round.</summary>
internal static class OpeningEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps them into the administrator's part of the desk.</summary>
    public static void MapOpening(this RouteGroupBuilder group)
    {
        group.MapMethods("/open", Reading, (HttpContext context, Desk desk, ServedData served) => ShowAsync(context, desk, served, RoundForm.Empty));
        group.MapPost("/open", OpenAsync);
    }

    private static async Task<IResult> OpenAsync(HttpContext context, Desk desk, ServedData served)
    {
        var token = context.RequestAborted;
        var actor = UnitTasks.Administrator(SignedIn.Require(context).Account.Rights);
        var form = RoundForm.Sent(await context.Request.ReadFormAsync(token));
        try
        {
            var wanted = form.Read(Usable(served).FirstOrDefault(f => f.Id == form.Framework) ?? throw new OpenDataException(
                PortalErrors.UnknownFramework, new LocalText("Hãy chọn một bộ chỉ số.", "Choose a framework.")));
            var round = await (await desk.RoundsAsync(token)).OpenRoundAsync(actor, wanted, token);
            return AdminAnswers.SeeOther(context, $"{AssessmentEndpoints.Root}/{Uri.EscapeDataString(round.Id)}");
        }
        catch (OpenDataException mistake) when (AdminAnswers.IsMistake(mistake))
        {
            return await ShowAsync(context, desk, served, form, mistake.Detail, ErrorStatus.Of(mistake.Code));
        }
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, Desk desk, ServedData served, RoundForm form, LocalText? problem = null, int status = StatusCodes.Status200OK)
    {
        var book = await desk.RoundsAsync(context.RequestAborted);
        return AdminAnswers.Page<OpenRoundPage>(
            context, new { Problem = problem, Form = form, Frameworks = Usable(served), Rounds = await book.ListAsync(context.RequestAborted) }, status);
    }

    private static IReadOnlyList<Framework> Usable(ServedData served) => [.. served.RequireReady().Frameworks.Where(f => !f.IsStructureOnly)];
}
