using System.Globalization;
using System.Text;

namespace OpenData.SampleAgencies.Systems;

/// <summary>The list of administrative procedures: one CSV in Windows-1258 with CRLF, as an old export writes it.</summary>
internal sealed class PublicServices(World world)
{
    private static readonly int[] Fees = [0, 0, 8_000, 15_000, 50_000, 150_000, 1_200_000];

    /// <summary>Maps <c>GET /public-services/services.csv</c>.</summary>
    public void Map(IEndpointRouteBuilder routes)
        => routes.MapGet("/public-services/services.csv", () => Results.Bytes(Windows1258.Encode(Text()), "text/csv; charset=windows-1258"));

    /// <summary>Code of the procedure at that place of the vocabulary; 9 begins no real code.</summary>
    public static string Code(int service) => string.Create(CultureInfo.InvariantCulture, $"9.{service + 1:000000}");

    /// <summary>Working days that the procedure may take, 1 to 20.</summary>
    public static int Days(World world, int service) => world.Dice("service days", service).Between(1, 20);

    /// <summary>Fee in đồng.</summary>
    public static int Fee(World world, int service) => world.Dice("service fee", service).Pick(Fees);

    /// <summary>The file as text in NFC.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        CsvText.Append(text, world.Words.Headers.PublicServices, lineEnd: "\r\n");
        for (var i = 0; i < world.Words.Services.Count; i++)
        {
            var row = Row(i);
            if (i == 20)
            {
                // The fee as it was before a correction further down.
                Append(text, row with { Fee = World.Grouped(Fee(world, i) + 5_000) });
            }

            Append(text, row);
            if (i is 5 or 30)
            {
                Append(text, row);
            }
        }

        var bad = world.Words.Services.Count;
        Append(text, Row(0) with { Code = Code(bad), Fee = world.Words.BadNumber });
        Append(text, Row(1) with { Code = Code(bad + 1), Online = world.Words.BadLevel });
        Append(text, Row(2) with { Code = Code(bad + 2), ValidFrom = "31/02/2026" });
        Append(text, Row(3) with { Code = "9-000123" });
        return text.ToString();
    }

    private ServiceRow Row(int i)
    {
        var service = world.Words.Services[i];
        var dice = world.Dice("service", i);
        return new ServiceRow(
            Code(i),
            service.Name,
            service.Field,
            service.Agency,
            service.Level,
            dice.Pick(world.Words.PublicServiceLevels),
            world.Dice("service channels", i).Pick(world.Words.PublicServiceChannels),
            World.Grouped(Fee(world, i)),
            Days(world, i).ToString(CultureInfo.InvariantCulture),
            World.Day(World.Start.AddDays(dice.Below(300))));
    }

    private static void Append(StringBuilder text, ServiceRow row)
        => CsvText.Append(
            text, [row.Code, row.Name, row.Field, row.Agency, row.Level, row.Online, row.Channels, row.Fee, row.Days, row.ValidFrom], lineEnd: "\r\n");

    private sealed record ServiceRow(
        string Code, string Name, string Field, string Agency, string Level, string Online, string Channels, string Fee, string Days, string ValidFrom);
}
