using System.Globalization;
using System.Text.Json.Nodes;

namespace OpenData.SampleAgencies.Systems;

/// <summary>Stamps that tell where farm products come from, by month, product and commune: a table of the province's CKAN portal.</summary>
internal sealed class Traceability(World world)
{
    /// <summary>Id of the resource in the portal; private, as the agency has not opened it yet.</summary>
    public const string ResourceId = "5d0a6f0e-3c1b-4f6d-9a51-7f2b8c90e419";

    /// <summary>Communes in which each product is made.</summary>
    private const int Areas = 5;

    /// <summary>The table.</summary>
    public CkanTable Table()
    {
        var names = world.Words.Headers.Traceability;
        var types = new[] { "date", "text", "text", "text", "numeric", "numeric" };
        return new CkanTable(ResourceId, [.. names.Zip(types, (name, type) => new CkanField(name, type))], [.. Rows().Select(r => r.Cells)], IsPrivate: true);
    }

    private IEnumerable<Row> Rows()
    {
        var number = 0;
        foreach (var month in World.Months)
        {
            for (var product = 0; product < world.Words.Products.Count; product++)
            {
                for (var area = 0; area < Areas; area++)
                {
                    var row = Make(month, product, area, number);
                    if (number == 240)
                    {
                        // The figure as it was before a correction in the next row.
                        yield return row with { Stamps = row.Stamps + 500 };
                    }

                    yield return row;
                    if (number is 99 or 300)
                    {
                        yield return row;
                    }

                    number++;
                }
            }
        }

        // Of a month before the first, so that their keys meet no good row.
        Row Some(int i) => Make(new DateOnly(2025, 6, 1), i, 0, number + i);
        for (var i = 0; i < 2; i++)
        {
            yield return Some(i) with { Used = Some(i).Stamps + 10 };
        }

        yield return Some(2) with { Stamps = -100, Used = -100 };
        yield return Some(3) with { Commune = Some(3).Commune.TrimStart('0') };
    }

    private Row Make(DateOnly month, int product, int area, int number)
    {
        var dice = world.Dice("stamps", number);
        var stamps = dice.Between(10, 400) * 100;
        var commune = world.Communes[(product * 7 + area * 13 + 2) % world.Communes.Count];
        return new Row(month, world.Words.Products[product].Code, world.Words.Products[product].Name, commune.Code, stamps, stamps * dice.Between(40, 100) / 100);
    }

    private sealed record Row(DateOnly Month, string Code, string Product, string Commune, int Stamps, int Used)
    {
        public JsonNode?[] Cells => [Month.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Code, Product, Commune, Stamps, Used];
    }
}
