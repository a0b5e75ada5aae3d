using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;
using OpenData.Warehouse.Rounds;
using OpenData.Warehouse.Scoring;

namespace OpenData.Portal.Assessments;

/// <summary>What stands in the fields of one component, as typed: a form that has a mistake comes back with all of it.</summary>
/// <param name="Inputs">Text by role of the formula.</param>
public sealed record TypedAnswer(IReadOnlyDictionary<string, string> Inputs)
{
    /// <summary>The box "does not apply".</summary>
    public bool NotApplicable { get; init; }

    /// <summary>What the unit says to its answer.</summary>
    public string Explanation { get; init; } = "";

    /// <summary>Why it differs.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The verifier's box: this answer is verified as it stands.</summary>
    public bool Taken { get; init; }

    /// <summary>Share of the points in per cent that the council sets; empty lets the formula say it.</summary>
    public string Share { get; init; } = "";

    /// <summary>Ids of evidence that belongs to the answer.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>Number of the new document.</summary>
    public string DocumentNumber { get; init; } = "";

    /// <summary>Date of the new document.</summary>
    public string DocumentDate { get; init; } = "";

    /// <summary>Inputs that a person of that kind gives. A council that gives inputs gives all of them: it sets the query aside.</summary>
    public static IReadOnlyList<string> Roles(Component component, EntryKind kind)
        => kind == EntryKind.Council
            ? component.Formula.Roles
            : [.. component.Formula.Roles.Where(r => component.Automatic.All(a => a.Role != r))];

    /// <summary>Name of a field.</summary>
    public static string Field(Component component, string what) => $"{component.Code}:{what}";

    /// <summary>Name of the field of an input.</summary>
    public static string InputField(Component component, string role) => Field(component, "in." + role);

    /// <summary>The fields of an answer that stands.</summary>
    /// <param name="entry">The entry; null for empty fields.</param>
    /// <param name="automatic">Numbers of the query, for a council.</param>
    /// <param name="language">Decides the decimal mark.</param>
    public static TypedAnswer Of(RoundEntry? entry, RoundEntry? automatic, string language)
    {
        var inputs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (role, number) in (automatic?.Answer.Numbers ?? new Dictionary<string, decimal>()).Concat(entry?.Answer.Numbers ?? new Dictionary<string, decimal>()))
        {
            inputs[role] = TypedNumber.Text(number, language);
        }

        if (entry?.Answer.Level is { } level)
        {
            inputs["level"] = level;
        }

        return new TypedAnswer(inputs)
        {
            NotApplicable = entry?.Answer.Kind == AnswerKind.NotApplicable,
            Explanation = entry?.Explanation ?? "",
            Evidence = entry?.Evidence ?? [],
            Share = entry?.Answer.SetShare is { } share ? TypedNumber.Text(share * 100, language) : "",
        };
    }

    /// <summary>The fields that a form sent.</summary>
    public static TypedAnswer From(IFormCollection form, Component component)
    {
        return new TypedAnswer(component.Formula.Roles.ToDictionary(r => r, r => Value("in." + r), StringComparer.Ordinal))
        {
            NotApplicable = Value("na") == "on",
            Explanation = Value("explanation").ReplaceLineEndings("\n"),
            Reason = Value("reason").ReplaceLineEndings("\n"),
            Taken = Value("taken") == "on",
            Share = Value("share"),
            Evidence = [.. form[Field(component, "evidence")].OfType<string>().Distinct(StringComparer.Ordinal)],
            DocumentNumber = Value("number"),
            DocumentDate = Value("date"),
        };

        string Value(string what) => form[Field(component, what)].ToString().Trim();
    }

    /// <summary>The answer, or what is wrong by role; the mistake of the share stands under <c>share</c>.</summary>
    public (ComponentAnswer? Answer, IReadOnlyDictionary<string, LocalText> Problems) Read(Component component, EntryKind kind)
    {
        var problems = new Dictionary<string, LocalText>(StringComparer.Ordinal);
        if (NotApplicable)
        {
            return (new ComponentAnswer(component.Code, AnswerKind.NotApplicable), problems);
        }

        if (kind == EntryKind.Council && Share.Length > 0)
        {
            var (percent, wrong) = TypedNumber.Parse(Share);
            if (percent is >= 0 and <= 100)
            {
                return (new ComponentAnswer(component.Code, AnswerKind.Answered) { SetShare = percent / 100 }, problems);
            }

            problems["share"] = wrong ?? AssessmentWords.BadShare;
            return (null, problems);
        }

        var numbers = new Dictionary<string, decimal>(StringComparer.Ordinal);
        var isLevels = component.Formula is Formula.Levels;
        foreach (var role in isLevels ? [] : Roles(component, kind))
        {
            if (Inputs.GetValueOrDefault(role, "") is not { Length: > 0 } text)
            {
                continue;
            }

            var (number, wrong) = TypedNumber.Parse(text);
            if (number is { } good)
            {
                numbers[role] = good;
            }
            else
            {
                problems[role] = wrong!; // There is one of the two.
            }
        }

        var level = isLevels && Inputs.GetValueOrDefault("level", "") is { Length: > 0 } chosen ? chosen : null;
        if (problems.Count > 0)
        {
            return (null, problems);
        }

        var answerKind = numbers.Count == 0 && level is null ? AnswerKind.Missing : AnswerKind.Answered;
        return (new ComponentAnswer(component.Code, answerKind) { Numbers = numbers, Level = level }, problems);
    }
}
