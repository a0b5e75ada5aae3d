using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpenData.Catalogs.Frameworks;

/// <summary>
/// Everything that a framework says, as path and text. One listing serves three ends: two frameworks are the same when their facts are,
/// their difference is the difference of their facts, and a frozen framework is known by the hash of its facts.
/// </summary>
public static class FrameworkFacts
{
    /// <summary>The facts in the framework's order; absent ones are left out. The version is not among them.</summary>
    public static IReadOnlyList<FrameworkFact> Of(Framework framework)
    {
        var facts = new List<FrameworkFact>();
        Add("framework", framework.Id);
        Add("title/vi", framework.Title.Vi);
        Add("title/en", framework.Title.En);
        Add("note/vi", framework.Note?.Vi);
        Add("note/en", framework.Note?.En);
        Add("level", framework.Level.ToString());
        Add("act", framework.Act);
        Add("from", framework.From?.ToString("O", CultureInfo.InvariantCulture));
        Add("to", framework.To?.ToString("O", CultureInfo.InvariantCulture));
        Add("years", framework.Years.Count == 0 ? null : string.Join(' ', framework.Years.Select(y => y.ToString(CultureInfo.InvariantCulture))));
        Add("total", Text(framework.Total));
        Add("component_count", framework.ComponentCount?.ToString(CultureInfo.InvariantCulture));
        Add("sourced", Text(framework.Sourced));
        Add("sources", framework.Sources.Count == 0 ? null : string.Join('\n', framework.Sources));
        Add("rank_by", framework.RankBy.ToString());
        Add("decimals", framework.Decimals.ToString(CultureInfo.InvariantCulture));
        Add("structure_only", Text(framework.IsStructureOnly));
        foreach (var pillar in framework.Pillars)
        {
            Named($"pillars/{pillar.Code}", pillar.Name);
            Add($"pillars/{pillar.Code}/main", string.Join(' ', pillar.MainIndices));
            Add($"pillars/{pillar.Code}/points", Text(pillar.Points));
            Add($"pillars/{pillar.Code}/sourced", Text(pillar.Sourced));
        }

        foreach (var group in framework.PeerGroups)
        {
            Named($"peer_groups/{group.Code}", group.Name);
        }

        foreach (var index in framework.MainIndices)
        {
            var path = $"main_indices/{index.Code}";
            Named(path, index.Name);
            Add($"{path}/points", Text(index.Points));
            Add($"{path}/component_count", index.ComponentCount?.ToString(CultureInfo.InvariantCulture));
            Add($"{path}/sourced", Text(index.Sourced));
            Add($"{path}/components", string.Join(' ', index.Components.Select(c => c.Code)));
            foreach (var component in index.Components)
            {
                Component($"components/{component.Code}", component);
            }
        }

        return facts;

        void Add(string path, string? text)
        {
            if (text is not null)
            {
                facts.Add(new FrameworkFact(path, text));
            }
        }

        void Named(string path, LocalText name)
        {
            Add($"{path}/name/vi", name.Vi);
            Add($"{path}/name/en", name.En);
        }

        void Component(string path, Component component)
        {
            Named(path, component.Name);
            Add($"{path}/points", Text(component.Points));
            Add($"{path}/sourced", Text(component.Sourced));
            Add($"{path}/formula", Text(component.Formula));
            foreach (var input in component.Inputs)
            {
                Add($"{path}/inputs/{input.Role}", $"{input.Title.Vi}\n{input.Title.En}\n{input.Unit}");
            }

            Add($"{path}/not_applicable", component.NotApplicable.ToString());
            Add($"{path}/missing", component.Missing.ToString());
            Add($"{path}/decimals", component.Decimals?.ToString(CultureInfo.InvariantCulture));
            Add($"{path}/evidence", component.Evidence is { } evidence ? $"{evidence.Vi}\n{evidence.En}" : null);
            Add($"{path}/supplier", component.Supplier);
            Add($"{path}/verifier", component.Verifier);
            foreach (var input in component.Automatic)
            {
                Add($"{path}/automatic/{input.Role}", $"{input.Dataset}\n{input.UnitColumn}\n{input.Measure}\n{input.Column}\n{input.PeriodColumn}{Text(input.Filter)}");
            }
        }
    }

    /// <summary>SHA-256 of the facts, 64 hexadecimal digits in lower case.</summary>
    public static string Hash(Framework framework)
    {
        var text = new StringBuilder();
        foreach (var fact in Of(framework))
        {
            // Lengths keep two facts apart whatever they hold.
            text.Append(CultureInfo.InvariantCulture, $"{fact.Path.Length} {fact.Path} {fact.Text.Length} {fact.Text}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>What the second says otherwise than the first, in the order of the second, then what only the first says.</summary>
    public static IReadOnlyList<FrameworkChange> Compare(Framework before, Framework after)
    {
        var old = Of(before).ToDictionary(f => f.Path, f => f.Text, StringComparer.Ordinal);
        var changes = new List<FrameworkChange>();
        foreach (var fact in Of(after))
        {
            var was = old.Remove(fact.Path, out var text) ? text : null;
            if (!string.Equals(was, fact.Text, StringComparison.Ordinal))
            {
                changes.Add(new FrameworkChange(fact.Path, was, fact.Text));
            }
        }

        changes.AddRange(old.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => new FrameworkChange(o.Key, o.Value, null)));
        return changes;
    }

    private static string Text(bool flag) => flag ? "true" : "false";

    private static string? Text(decimal? number) => number is { } value ? Text(value) : null;

    private static string Text(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);

    private static string Text(Formula formula) => formula.Kind + formula switch
    {
        Formula.Levels levels => Text(levels.Of),
        Formula.Parts parts => Text(parts.Of),
        Formula.Steps steps => Text(steps.Of),
        Formula.Ratio ratio => $" {ratio.Zero} {ratio.Above}",
        Formula.RatioCapped capped => $" {Text(capped.Target)} {capped.Zero}",
        Formula.Tiers tiers => $"{Text(tiers.Of)} {tiers.Zero}",
        Formula.RelativeToBest relative => $" {relative.Zero}",
        Formula.CountCapped count => $" {Text(count.Full)}",
        Formula.Growth growth => $" {Text(growth.Target)} {growth.Zero}",
        Formula.Inverse inverse => $" {inverse.Zero} {inverse.Above}",
        Formula.Goalpost posts => $" {Text(posts.Min)} {Text(posts.Max)}",
        Formula.Survey survey => $" {Text(survey.Scale)}",
        _ => "",
    };

    // A framework without conditions keeps the hash that it had before there were any.
    private static string Text(IReadOnlyList<AutomaticFilter> filter)
        => string.Concat(filter.Select(f => $"\n{f.Column}={string.Join('\u001f', f.Values)}"));

    private static string Text(IReadOnlyList<FormulaLevel> levels) => string.Concat(levels.Select(l => $" {l.Name}:{Text(l.Share)}"));

    private static string Text(IReadOnlyList<FormulaStep> steps) => string.Concat(steps.Select(s => $" {Text(s.From)}:{Text(s.Share)}"));
}
