using System.Globalization;
using System.Text;

namespace OpenData.SampleAgencies.Systems;

/// <summary>Community digital groups by quarter and commune: CSV in UTF-8 with a byte-order mark, as spreadsheets write it.</summary>
internal sealed class CommunityGroups(World world)
{
    /// <summary>Maps <c>GET /community/groups.csv</c>.</summary>
    public void Map(IEndpointRouteBuilder routes)
        => routes.MapGet("/community/groups.csv", () => Results.Bytes([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Text())], "text/csv; charset=utf-8"));

    private string Text()
    {
        var text = new StringBuilder();
        CsvText.Append(text, world.Words.Headers.CommunityGroups);
        var number = 0;
        foreach (var quarter in World.Quarters)
        {
            foreach (var commune in world.Communes)
            {
                var row = Row(quarter, commune, number);
                CsvText.Append(text, row);
                if (number is 50 or 150)
                {
                    CsvText.Append(text, row);
                }

                number++;
            }
        }

        foreach (var row in BadRows(number))
        {
            CsvText.Append(text, row);
        }

        return text.ToString();
    }

    private string[] Row(string quarter, Commune commune, int number)
    {
        var dice = world.Dice("group", number);
        var villages = 4 + commune.Weight / 900;
        var covered = villages * dice.Between(85, 100) / 100;
        var groups = covered + dice.Below(2);
        var members = groups * dice.Between(5, 9);
        return [quarter, commune.Code, commune.Name, .. Numbers(villages, covered, groups, members, members * dice.Between(50, 100) / 100)];
    }

    // Rows of a quarter before the first: their keys meet no good row.
    private IEnumerable<string[]> BadRows(int number)
    {
        string[] Some(int i) => Row("2025-Q2", world.Communes[i], number + i);
        for (var i = 0; i < 2; i++)
        {
            var more = Some(i);
            more[4] = (int.Parse(more[3], CultureInfo.InvariantCulture) + 3).ToString(CultureInfo.InvariantCulture);
            yield return more;
        }

        var count = Some(2);
        count[6] = world.Words.BadCount;
        yield return count;
        var nowhere = Some(3);
        nowhere[1] = "";
        yield return nowhere;
        var never = Some(4);
        never[0] = "2026-Q5";
        yield return never;
    }

    private static IEnumerable<string> Numbers(params IEnumerable<int> numbers)
        => numbers.Select(n => n.ToString(CultureInfo.InvariantCulture));
}
