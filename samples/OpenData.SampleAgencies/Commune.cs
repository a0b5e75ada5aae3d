using System.Globalization;

namespace OpenData.SampleAgencies;

/// <summary>A real commune, ward or special zone since 1 July 2025.</summary>
/// <param name="Code">Five digits.</param>
/// <param name="Name">Full name in NFC, for example with its type in front.</param>
/// <param name="ShortName">Name without type.</param>
/// <param name="IsWard">True for a ward (urban).</param>
/// <param name="Weight">Population as the source has it, at least 2,000; only for sharing out made-up records.</param>
internal sealed record Commune(string Code, string Name, string ShortName, bool IsWard, int Weight)
{
    /// <summary>The communes of a province, by code.</summary>
    public static IReadOnlyList<Commune> OfProvince(string code)
    {
        var records = CsvText.Read(Content.Text("communes.csv"));
        var header = records[0];
        int Column(string name) => Array.IndexOf(header, name);
        var (province, commune, full, name, slug, population) = (
            Column("province_code"), Column("commune_code"), Column("full_name"), Column("name"), Column("full_name_en"), Column("population"));
        return
        [
            .. records.Skip(1).Where(r => r[province] == code).Select(r => new Commune(
                r[commune], r[full].Normalize(), r[name].Normalize(), r[slug].EndsWith(" Ward", StringComparison.Ordinal),
                Math.Max(2000, int.TryParse(r[population], NumberStyles.None, CultureInfo.InvariantCulture, out var people) ? people : 0))),
        ];
    }
}
