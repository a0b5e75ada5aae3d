using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Landing;

namespace OpenData.Warehouse.Staging;

/// <summary>
/// Compares the columns that a source has with those of its contract and proposes what the contract could say: a new column with a type
/// guessed from its values, or another name for a column that is missing, when one new column fits it by name or alone and by its values.
/// </summary>
public static partial class ChangeProposal
{
    private const int RecordsMax = 10_000;
    private const int NameMax = 63;

    // Folded words that stand in names of columns about persons; a false alarm costs a person one look.
    private static readonly string[] PersonalWords =
    [
        "cccd", "cmnd", "cmt", "ho_ten", "hoten", "ho_va_ten", "so_dien_thoai", "sdt", "dien_thoai", "email", "ngay_sinh", "so_dinh_danh", "dia_chi_nha",
        "full_name", "phone", "birth", "citizen_id", "passport", "ho_chieu", "tai_khoan",
    ];

    /// <summary>What the input suggests; empty when the contract says all, or when the input is not read the way the contract reads it.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="landed">The input.</param>
    /// <param name="newColumns">Names that staging found to be new; null when it did not get that far, then those of the sample count.</param>
    /// <exception cref="OpenDataException">OD21xx: the sample cannot be read.</exception>
    public static IReadOnlyList<ProposedChange> Of(DatasetContract contract, LandedFile landed, IReadOnlyCollection<string>? newColumns)
    {
        // Where personal columns are dropped at the door, names of unknown columns are not repeated anywhere.
        if (contract.Columns.Any(c => c.Personal) || contract.Drift.NewColumn != "propose" || IsPackedText(contract, landed))
        {
            return [];
        }

        var found = ProposalSample.Read(landed.Path, RecordsMax).Columns
            .Where(c => CellText.Tidy(c.Source).Length > 0).DistinctBy(c => CellText.Tidy(c.Source)).ToDictionary(c => CellText.Tidy(c.Source), StringComparer.Ordinal);
        var known = contract.Columns.ToDictionary(c => CellText.Tidy(c.SourceName), StringComparer.Ordinal);
        if (!known.Keys.Any(found.ContainsKey))
        {
            return [];
        }

        var fresh = found.Where(f => !known.ContainsKey(f.Key) && newColumns?.Contains(f.Key) != false).Select(f => f.Value).ToList();
        var missing = known.Where(k => !found.ContainsKey(k.Key)).Select(k => k.Value).ToList();
        return Changes(contract, fresh, missing);
    }

    // A workbook is a ZIP too; the sample would take a packed text for one.
    private static bool IsPackedText(DatasetContract contract, LandedFile landed)
    {
        if (contract.Source.Kind == "xlsx")
        {
            return false;
        }

        using var file = File.OpenRead(landed.Path);
        Span<byte> head = stackalloc byte[4];
        return PackedInput.IsPacked(head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)]);
    }

    private static List<ProposedChange> Changes(DatasetContract contract, List<ColumnGuess> fresh, List<ColumnContract> missing)
    {
        var changes = new List<ProposedChange>();
        var names = contract.Columns.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var column in fresh)
        {
            var fits = missing.Where(m => FitsValues(m, column) && (FitsName(m, column) || (missing.Count == 1 && fresh.Count == 1))).ToList();
            changes.Add(fits is [var only]
                ? new ProposedChange("renamed_column", column.Source, only.Name, Quoted(column.Source), $"values look like those of {only.Name}: check that it is the same thing")
                : New(column, names));
        }

        return changes;
    }

    private static ProposedChange New(ColumnGuess column, HashSet<string> names)
    {
        var stem = column.Name is "row" ? "c_row" : column.Name[..Math.Min(column.Name.Length, NameMax - 4)];
        var name = stem;
        for (var number = 2; !names.Add(name); number++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{stem}_{number}");
        }

        var from = column.Source == name ? "" : $", from: {Quoted(column.Source)}";
        if (LooksPersonal(column))
        {
            return new ProposedChange(
                "new_column", column.Source, name, $"{{ name: {name}{from}, type: text, privacy: personal }}", "looks like personal data: it would be dropped at the door");
        }

        // A decimal's comma would end the value in a flow map.
        var (fields, remark) = column.Guess();
        fields = Decimal().Replace(fields, "\"$0\"");
        var title = Quoted(column.Source);
        return new ProposedChange("new_column", column.Source, name, $"{{ name: {name}{from}, {fields}, title: {{ vi: {title}, en: {title} }} }}", remark);
    }

    private static bool LooksPersonal(ColumnGuess column)
        => column.IsCitizenNumber || PersonalWords.Any(word => ("_" + column.Name + "_").Contains("_" + word + "_", StringComparison.Ordinal));

    private static bool FitsName(ColumnContract missing, ColumnGuess column)
    {
        var (before, now) = (new ColumnGuess(missing.SourceName).Name.Replace("_", "", StringComparison.Ordinal), column.Name.Replace("_", "", StringComparison.Ordinal));
        return before == now || now.Contains(before, StringComparison.Ordinal) || before.Contains(now, StringComparison.Ordinal);
    }

    // Text takes any values, so a guessed text says little; anything else must be of the same kind.
    private static bool FitsValues(ColumnContract missing, ColumnGuess column)
        => column.Values > 0 && (missing.Type.Kind is ColumnKind.Text or ColumnKind.Code
            || column.Guess().Fields.StartsWith("type: " + missing.Type.Kind.ToString().ToLowerInvariant(), StringComparison.Ordinal));

    // JSON strings are YAML strings.
    private static string Quoted(string text) => JsonSerializer.Serialize(text, ProposalJson.Options);

    [GeneratedRegex(@"decimal\([0-9]+,[0-9]+\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Decimal();
}
