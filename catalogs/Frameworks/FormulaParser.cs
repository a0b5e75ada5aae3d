using System.Globalization;
using OpenData.Catalogs.Errors;
using OpenData.Catalogs.Reading;

namespace OpenData.Catalogs.Frameworks;

/// <summary>The <c>formula</c> of a component → a <see cref="Formula"/>.</summary>
internal static class FormulaParser
{
    /// <summary>The formula, or null with a problem.</summary>
    internal static Formula? Read(Fields component, ProblemList problems)
    {
        if (component.Value("formula") is not YamlValue.Map map)
        {
            if (component.Has("formula"))
            {
                component.Report(CatalogErrors.WrongShape, "formula", "`formula` must be a map, for example { kind: ratio }");
            }

            return null;
        }

        var kind = (map.Entries.FirstOrDefault(e => e.Key == "kind")?.Value as YamlValue.Scalar)?.Text;
        if (kind is null || !FrameworkWords.FormulaKinds.Contains(kind, StringComparer.Ordinal))
        {
            component.Report(
                kind is null ? CatalogErrors.MissingField : CatalogErrors.BadValue,
                "formula",
                kind is null ? "the formula has no `kind`; add it" : $"`{YamlTree.Shown(kind)}` is no kind of formula{NearestName.Suggestion(kind, FrameworkWords.FormulaKinds)}");
            return null;
        }

        return Read(kind, new Fields(map, $"formula_{kind}", $"formula of {component.Place}", problems), problems);
    }

    private static Formula? Read(string kind, Fields fields, ProblemList problems) => kind switch
    {
        "boolean" => new Formula.Boolean(),
        "levels" => new Formula.Levels(Shares(fields, "levels", problems)),
        "parts" => Parts(fields, problems),
        "steps" => new Formula.Steps(Steps(fields, "steps", problems)),
        "ratio" => new Formula.Ratio(Zero(fields), Above(fields)),
        "ratio_capped" => new Formula.RatioCapped(Positive(fields, "target"), Zero(fields)),
        "tiers" => new Formula.Tiers(Steps(fields, "tiers", problems), Zero(fields)),
        "relative_to_best" => new Formula.RelativeToBest(Zero(fields)),
        "count_capped" => new Formula.CountCapped(Positive(fields, "full")),
        "growth" => new Formula.Growth(Positive(fields, "target"), Zero(fields)),
        "inverse" => new Formula.Inverse(Zero(fields), Above(fields)),
        "goalpost" => Goalpost(fields),
        "survey" => new Formula.Survey(fields.Has("scale") ? Positive(fields, "scale") : 100),
        "external" => new Formula.External(),
        _ => null,
    };

    private static ZeroRule Zero(Fields fields) => fields.Word("zero", FrameworkWords.ZeroRules);

    private static AboveRule Above(Fields fields) => fields.Word("above", FrameworkWords.AboveRules);

    private static Formula.Parts Parts(Fields fields, ProblemList problems)
    {
        var parts = Shares(fields, "parts", problems);
        if (parts.Count > 0 && parts.Sum(p => p.Share) != 1)
        {
            fields.Report(CatalogErrors.Contradiction, "parts", $"the shares of the parts add up to {Shown(parts.Sum(p => p.Share))}; they must add up to 1");
        }

        return new Formula.Parts(parts);
    }

    private static Formula.Goalpost Goalpost(Fields fields)
    {
        var (min, max) = (fields.Number("min") ?? 0, fields.Number("max") ?? 1);
        if (min == max)
        {
            fields.Report(CatalogErrors.Contradiction, "max", "`min` and `max` are the same; nothing lies between them");
            max = min + 1;
        }

        return new Formula.Goalpost(min, max);
    }

    private static List<FormulaLevel> Shares(Fields fields, string name, ProblemList problems)
        => [.. Pairs(fields, name, problems).Select(p => new FormulaLevel(p.Key, p.Share))];

    private static List<FormulaStep> Steps(Fields fields, string name, ProblemList problems)
    {
        var steps = new List<FormulaStep>();
        foreach (var (key, share) in Pairs(fields, name, problems))
        {
            if (decimal.TryParse(key, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var from))
            {
                steps.Add(new FormulaStep(from, share));
            }
            else
            {
                fields.Bad(name, $"`{YamlTree.Shown(key)}` in `{name}` is no number; write the least value of each step");
            }
        }

        var ordered = steps.OrderBy(s => s.From).ToList();
        if (ordered.Zip(ordered.Skip(1)).Any(p => p.Second.Share < p.First.Share || p.Second.From == p.First.From))
        {
            fields.Report(CatalogErrors.Contradiction, name, $"a higher step of `{name}` is worth less than a lower one, or stands twice");
        }

        return ordered;
    }

    private static List<(string Key, decimal Share)> Pairs(Fields fields, string name, ProblemList problems)
    {
        var pairs = new List<(string, decimal)>();
        switch (fields.Value(name))
        {
            case null or YamlValue.Scalar { IsNothing: true }:
                break;
            case YamlValue.Map { Entries.Count: > 0 } map:
                foreach (var entry in map.Entries)
                {
                    if (entry.Value is YamlValue.Scalar scalar
                        && decimal.TryParse(scalar.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1)
                    {
                        pairs.Add((entry.Key, share));
                    }
                    else
                    {
                        problems.Add(CatalogErrors.BadValue, entry.Line, $"{fields.Place}: `{YamlTree.Shown(entry.Key)}` needs a share from 0 to 1");
                    }
                }

                break;
            default:
                fields.Report(CatalogErrors.WrongShape, name, $"`{name}` must be a map with shares from 0 to 1");
                break;
        }

        return pairs;
    }

    private static decimal Positive(Fields fields, string name)
    {
        if (fields.Number(name) is not { } number)
        {
            return 1;
        }

        if (number > 0)
        {
            return number;
        }

        fields.Bad(name, $"`{name}` must be greater than 0");
        return 1;
    }

    private static string Shown(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
