using System.Text;

namespace OpenData.SampleAgencies;

/// <summary>
/// Joins the five real lists of administrative units (two eras, three levels) into the one file that the contract
/// <c>administrative_units</c> reads. Text is copied as the sources write it: decomposed letters, line breaks and blanks stay.
/// </summary>
internal static class AdministrativeUnits
{
    private const string MergerDay = "2025-07-01";

    // The source's last change before the merger takes effect on this day; its file has no dates of its own (see the NOTICE).
    private const string EarlierEditionDay = "2025-03-01";

    private static readonly string[] Header =
    [
        "code", "level", "valid_from", "valid_to", "name", "name_en", "full_name", "full_name_en", "unit_type", "slug",
        "parent_code", "province_code", "district_code", "area_km2", "population", "area_raw", "population_raw", "subunits", "predecessors",
    ];

    /// <summary>The joined file as text: header and one line a unit, newest era first, in the order of the sources.</summary>
    /// <param name="folder">Folder with the five CSV files under their own names.</param>
    public static string Join(string folder)
    {
        var text = new StringBuilder(2_000_000);
        CsvText.Append(text, Header);
        foreach (var row in Rows(folder, "provinces_2025.csv"))
        {
            Append(text, row, row["province_code"], "province", MergerDay, "", parent: "", district: "");
        }

        foreach (var row in Rows(folder, "communes_2025.csv"))
        {
            Append(text, row, row["commune_code"], "commune", MergerDay, "", parent: row["province_code"], district: "");
        }

        foreach (var row in Rows(folder, "provinces_pre2025.csv"))
        {
            Append(text, row, row["province_code"], "province", EarlierEditionDay, MergerDay, parent: "", district: "");
        }

        foreach (var row in Rows(folder, "districts_pre2025.csv"))
        {
            Append(text, row, row["district_code"], "district", EarlierEditionDay, MergerDay, row["province_code"], row["district_code"]);
        }

        foreach (var row in Rows(folder, "communes_pre2025.csv"))
        {
            Append(text, row, row["commune_code"], "commune", EarlierEditionDay, MergerDay, row["district_code"], row["district_code"]);
        }

        return text.ToString();
    }

    private static void Append(
        StringBuilder text, Dictionary<string, string> row, string code, string level, string from, string to, string parent, string district)
        => CsvText.Append(
            text,
            [
                code, level, from, to, row["name"], row["name_en"], row["full_name"], Cell(row, "full_name_en"), UnitType(row), row["slug"],
                parent, row["province_code"], district, Cell(row, "area_km2"), Cell(row, "population"), Cell(row, "area_raw_vi"),
                Cell(row, "population_raw_vi"), Cell(row, "subunits_text"), Cell(row, "predecessors_text"),
            ]);

    // The earlier lists have no unit type; the full name is the type and the name.
    private static string UnitType(Dictionary<string, string> row)
        => row.TryGetValue("unit_type", out var type) ? type
            : row["full_name"].EndsWith(" " + row["name"], StringComparison.Ordinal) ? row["full_name"][..^(row["name"].Length + 1)]
            : "";

    private static string Cell(Dictionary<string, string> row, string name) => row.GetValueOrDefault(name, "");

    private static IEnumerable<Dictionary<string, string>> Rows(string folder, string file)
    {
        var records = CsvText.Read(File.ReadAllText(Path.Combine(folder, file)));
        var header = records[0];
        return records.Skip(1).Select(r => header.Zip(r).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal));
    }
}
