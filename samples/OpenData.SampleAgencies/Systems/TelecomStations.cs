using System.Globalization;

namespace OpenData.SampleAgencies.Systems;

/// <summary>
/// Mobile base stations by quarter, commune and operator: a workbook as people make it, with a title, merged heads over two rows and a footer.
/// </summary>
internal sealed class TelecomStations(World world)
{
    private const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Maps <c>GET /telecom/stations.xlsx</c>.</summary>
    public void Map(IEndpointRouteBuilder routes)
        => routes.MapGet("/telecom/stations.xlsx", () => Results.Bytes(Body(), MediaType));

    private byte[] Body()
    {
        var words = world.Words.Telecom;
        var rows = new List<IReadOnlyList<object?>> { new object?[] { words.Title }, new object?[] { words.Subtitle }, words.Heads.ToArray(), words.Subheads.ToArray() };
        var data = Rows().ToList();
        rows.AddRange(data);
        rows.Add([words.Footer, null, null, null, .. Enumerable.Range(4, 4).Select(c => (object?)data.Sum(r => r[c] as int? ?? 0))]);
        rows.Add([words.Signature]);
        return Workbook.Write(
            "BTS", rows, ["A1:H1", "A2:H2", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:G3", "H3:H4"], World.AsOf);
    }

    private IEnumerable<object?[]> Rows()
    {
        var number = 0;
        foreach (var quarter in World.Quarters)
        {
            foreach (var commune in world.Communes)
            {
                foreach (var company in world.Words.Operators)
                {
                    var row = Row(quarter, commune, company, number);
                    yield return row;
                    if (number is 250 or 750 or 1250)
                    {
                        yield return row;
                    }

                    number++;
                }
            }
        }

        foreach (var row in BadRows(number))
        {
            yield return row;
        }
    }

    private object?[] Row(string quarter, Commune commune, string company, int number)
    {
        // Stations stand for years: the draw does not depend on the quarter, only 5G grows.
        var size = 1 + commune.Weight / 4000;
        var dice = world.Dice("stations", number % (world.Communes.Count * world.Words.Operators.Count));
        var (third, fourth) = (dice.Between(0, size), dice.Between(size, size * 3));
        var fifth = Math.Max(0, dice.Between(0, size) - 3 + World.Quarters.ToList().IndexOf(quarter));
        return [quarter, commune.Code, commune.Name, company, third, fourth, fifth, dice.Between(0, fourth)];
    }

    private IEnumerable<object?[]> BadRows(int number)
    {
        object?[] Some(int i) => Row(World.Quarters[0], world.Communes[i], $"{world.Words.Operators[0]}{i}", number + i);
        for (var i = 0; i < 2; i++)
        {
            // A code typed as a number has lost its zero.
            var row = Some(i);
            row[1] = int.Parse(world.Communes[i].Code, CultureInfo.InvariantCulture);
            yield return row;
        }

        var text = Some(2);
        text[6] = "n/a";
        yield return text;
        var negative = Some(3);
        negative[4] = -2;
        yield return negative;
    }
}
