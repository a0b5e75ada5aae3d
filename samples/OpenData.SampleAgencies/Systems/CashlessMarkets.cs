using System.Globalization;
using System.Text;

namespace OpenData.SampleAgencies.Systems;

/// <summary>Markets where stalls take payment by QR code: CSV with semicolons and Vietnamese numbers.</summary>
internal sealed class CashlessMarkets(World world)
{
    /// <summary>Markets, each with twelve months.</summary>
    public const int Markets = 60;

    /// <summary>Maps <c>GET /markets/cashless.csv</c>.</summary>
    public void Map(IEndpointRouteBuilder routes)
        => routes.MapGet("/markets/cashless.csv", () => Results.Text(Text(), "text/csv; charset=utf-8"));

    private string Text()
    {
        var text = new StringBuilder();
        Append(text, world.Words.Headers.CashlessMarkets);
        for (var market = 0; market < Markets; market++)
        {
            foreach (var month in World.Months)
            {
                var row = Row(market, month);
                if (market is 10 or 20 or 30 && month == World.Months[5])
                {
                    // The value as first reported; the next line corrects it.
                    Append(text, [.. row.SkipLast(1), World.Hundredths(1_000_00 + market)]);
                }

                Append(text, row);
            }
        }

        foreach (var row in BadRows())
        {
            Append(text, row);
        }

        return text.ToString();
    }

    private string[] Row(int market, DateOnly month)
    {
        var place = world.Dice("market", market);
        var commune = world.Communes[(market * 3 + 1) % world.Communes.Count];
        var words = world.Words;
        var name = string.Join(' ', new[] { words.MarketPrefix, commune.ShortName, place.Pick(words.MarketSuffixes) }.Where(w => w.Length > 0));
        var stalls = place.Between(25, 320);
        var dice = world.Dice("market month", market * 100L + month.Month);
        var accepting = stalls * dice.Between(30, 95) / 100;
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"CH{market:000}"),
            name,
            commune.Code,
            month.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
            stalls.ToString(CultureInfo.InvariantCulture),
            accepting.ToString(CultureInfo.InvariantCulture),
            World.Hundredths(accepting * dice.Between(200_00, 2500_00) / 100),
        ];
    }

    private IEnumerable<string[]> BadRows()
    {
        string[] Some(int i)
        {
            var row = Row(i, World.Months[i]);
            row[0] = string.Create(CultureInfo.InvariantCulture, $"CH{900 + i}");
            return row;
        }

        for (var i = 0; i < 2; i++)
        {
            // English notation in a Vietnamese column: nobody may guess.
            var english = Some(i);
            english[6] = "1,234.50";
            yield return english;
        }

        for (var i = 2; i < 4; i++)
        {
            var more = Some(i);
            more[5] = (int.Parse(more[4], CultureInfo.InvariantCulture) + 5).ToString(CultureInfo.InvariantCulture);
            yield return more;
        }

        var never = Some(4);
        never[3] = "15/13/2025";
        yield return never;
    }

    private static void Append(StringBuilder text, IReadOnlyList<string> cells) => CsvText.Append(text, cells, ';');
}
