using System.Globalization;
using System.Text.Json;

namespace OpenData.SampleAgencies.Systems;

/// <summary>Counts of documents sent and received, by agency and month: one JSON object a line.</summary>
internal sealed class DocumentExchange(World world)
{
    /// <summary>Maps <c>GET /documents/exchange.ndjson</c>.</summary>
    public void Map(IEndpointRouteBuilder routes)
        => routes.MapGet("/documents/exchange.ndjson", () => Results.Bytes(Body(), "application/x-ndjson; charset=utf-8"));

    private byte[] Body()
    {
        using var body = new MemoryStream();
        foreach (var row in Rows())
        {
            using (var json = new Utf8JsonWriter(body, JsonRows.Options))
            {
                json.WriteStartObject();
                json.WriteString("thang", row.Month);
                json.WriteString("maCoQuan", row.AgencyCode);
                json.WriteString("tenCoQuan", row.Agency);
                json.WriteNumber("guiDi", row.Sent);
                json.WriteNumber("nhanVe", row.Received);
                json.WriteNumber("kySo", row.Signed);
                json.WriteNumber("dienTuHoanToan", row.Electronic);
                json.WriteEndObject();
            }

            body.WriteByte((byte)'\n');
        }

        return body.ToArray();
    }

    private IEnumerable<Row> Rows()
    {
        var number = 0;
        foreach (var month in World.Months)
        {
            foreach (var (code, name, size) in Senders())
            {
                var row = Make(month, code, name, size, number);
                if (number is 300 or 600)
                {
                    // The figure as it was before a correction in the next line.
                    yield return row with { Sent = row.Sent + 3 };
                }

                yield return row;
                if (number is 100 or 400 or 700 or 1000)
                {
                    yield return row;
                }

                number++;
            }
        }

        foreach (var row in BadRows(number))
        {
            yield return row;
        }
    }

    private IEnumerable<(string Code, string Name, int Size)> Senders()
        => world.Words.Agencies.Select(a => (a.Code, a.Name, 900))
            .Concat(world.Communes.Select(c => ($"19.{c.Code}", c.Name, 60 + c.Weight / 400)));

    private Row Make(DateOnly month, string code, string name, int size, int number)
    {
        var dice = world.Dice("documents", number);
        var sent = dice.Between(size / 2, size);
        var signed = sent * dice.Between(80, 100) / 100;
        return new Row(
            month.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), code, name, sent, dice.Between(size, size * 2), signed,
            signed * dice.Between(70, 100) / 100);
    }

    private IEnumerable<Row> BadRows(int number)
    {
        Row Some(int i) => Make(World.Months[i], $"19.THU{(char)('A' + i)}", world.Words.Agencies[i].Name, 100, number + i);
        for (var i = 0; i < 3; i++)
        {
            var row = Some(i);
            yield return row with { Signed = row.Sent + 10 };
        }

        yield return Some(3) with { Received = -5 };
        yield return Some(4) with { Received = -1 };
        yield return Some(5) with { AgencyCode = null };
        yield return Some(6) with { Month = "2025-13-01" };
        yield return Some(7) with { Electronic = 12.5m };
    }

    private sealed record Row(string Month, string? AgencyCode, string Agency, int Sent, int Received, int Signed, decimal Electronic);
}
