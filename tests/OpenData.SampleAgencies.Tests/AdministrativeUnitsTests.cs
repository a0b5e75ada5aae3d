using System.Text;
using OpenData.TestKit;

namespace OpenData.SampleAgencies.Tests;

public sealed class AdministrativeUnitsTests
{
    private static readonly string Shipped = Repository.File("catalogs/thai-nguyen/data/administrative_units.csv");

    [Fact]
    public void The_shipped_file_is_what_the_command_makes_of_the_five_lists()
        => Assert.Equal(File.ReadAllText(Shipped), AdministrativeUnits.Join(Repository.File("catalogs/thai-nguyen/data/admin-units")));

    [Fact]
    public void Every_unit_of_both_eras_is_there_once()
    {
        var rows = CsvText.Read(File.ReadAllText(Shipped)).Skip(1).ToList();
        Assert.Equal(34 + 3_321 + 63 + 696 + 10_035, rows.Count);
        Assert.Equal(rows.Count, rows.Select(r => (r[0], r[1], r[2])).Distinct().Count());
        Assert.Equal(34 + 3_321, rows.Count(r => r[3].Length == 0));
    }

    [Fact]
    public void The_oddities_of_the_sources_are_kept()
    {
        var rows = CsvText.Read(File.ReadAllText(Shipped)).Skip(1).ToList();
        Assert.Single(rows, r => r.Any(c => c.Contains('\n', StringComparison.Ordinal)));
        Assert.True(rows.Count(r => r.Any(c => !c.IsNormalized(NormalizationForm.FormC))) > 300);
        Assert.Contains(rows, r => r[15] == "3.359,80");
        Assert.Contains(rows, r => r[15] == "2.97");
        Assert.Contains(rows, r => r[0] == "00004");
        Assert.Equal(2, rows.Count(r => r[1] == "commune" && r[3].Length == 0 && r[14].Length == 0));
    }
}
