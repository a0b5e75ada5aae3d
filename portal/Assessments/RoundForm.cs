using System.Globalization;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Catalogs.Frameworks;
using OpenData.Warehouse.Rounds;

namespace OpenData.Portal.Assessments;

/// <summary>The form that opens a round, as typed.</summary>
public sealed record RoundForm(
    string Framework, string Suffix, string TitleVi, string TitleEn, string From, string To, string SubmitUntil, string AppealUntil, string Previous, string Units, bool IsSynthetic)
{
    /// <summary>Nothing typed.</summary>
    public static RoundForm Empty { get; } = new("", "", "", "", "", "", "", "", "", "code,name\n", false);

    /// <summary>What a form sent.</summary>
    public static RoundForm Sent(IFormCollection form)
    {
        return new RoundForm(
            Text("framework"), Text("suffix"), Text("title_vi"), Text("title_en"), Text("from"), Text("to"), Text("submit_until"), Text("appeal_until"), Text("previous"),
            form["units"].ToString(), Text("synthetic") == "on");

        string Text(string name) => form[name].ToString().Trim();
    }

    /// <summary>The round that it describes.</summary>
    /// <exception cref="OpenDataException"><see cref="RoundErrors.BadRound"/>, <see cref="RoundErrors.BadFile"/>.</exception>
    public NewRound Read(Framework framework)
    {
        var id = $"{framework.Id}-{Suffix}";
        var title = NewRound.TitleOf(framework, id);
        return new NewRound(
            id,
            framework,
            new LocalText(TitleVi.Length > 0 ? TitleVi : title.Vi, TitleEn.Length > 0 ? TitleEn : title.En),
            Day(From),
            Day(To),
            RoundFiles.Units(Units))
        {
            IsSynthetic = IsSynthetic,
            SubmitUntil = Moment(SubmitUntil),
            AppealUntil = Moment(AppealUntil),
            Previous = Previous.Length > 0 ? Previous : null,
        };
    }

    private static DateOnly Day(string text)
        => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new OpenDataException(RoundErrors.BadRound, AssessmentWords.BadDay);

    private static DateTimeOffset? Moment(string text)
        => text.Length == 0 ? null : AssessmentEndpoints.Moment(text) ?? throw new OpenDataException(RoundErrors.BadRound, AssessmentWords.BadMoment);
}
