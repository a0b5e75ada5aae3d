using System.Globalization;
using System.Text.Json;
using OpenData.TestKit;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Query;

namespace OpenData.Journeys.Tests;

/// <summary>The real administrative units, as their sources write them, through the whole of the platform.</summary>
public sealed class RealUnitsTests
{
    private static readonly (string Dataset, int Rows)[] Expected =
    [
        ("real_provinces", 34),
        ("real_former_provinces", 63),
        ("real_former_districts", 696),
        ("real_communes", 3_321),
        ("real_former_communes", 10_035),
        ("real_links", 10_667),
    ];

    [Fact]
    public async Task Every_row_of_the_real_files_is_the_same_through_OData_CSV_and_Parquet()
    {
        var shared = Repository.File("../shared/data/admin-units");
        await using var town = new Town(Repository.File("tests/OpenData.Journeys.Tests/fixtures/real-units"));
        town.Set("REAL_UNITS", Directory.Exists(shared) ? Path.GetFullPath(shared) : Repository.File("catalogs/thai-nguyen/data/admin-units"));
        await town.StartPortalAsync();

        var run = await town.IngestAsync("run", "--all");
        Assert.True(run.ExitCode == 0, run.Output);
        await Town.UntilAsync(
            async () => (await SourceToQueryTests.JsonAsync(town, "/api/v1/datasets?limit=100")).GetProperty("total").GetInt32() == Expected.Length,
            "six datasets");

        foreach (var (dataset, rows) in Expected)
        {
            Assert.Equal(rows, await SourceToQueryTests.CountAsync(town, $"/odata/{dataset}/$count"));
            var csv = await town.Http.GetStringAsync(new Uri($"/datasets/{dataset}.csv", UriKind.Relative));
            Assert.Equal(rows, SourceToQueryTests.CsvLines(csv));
            Assert.True(csv.IsNormalized(System.Text.NormalizationForm.FormC), $"{dataset} is not NFC");

            var odata = await AllByNextLinkAsync(town, dataset);
            var json = await SourceToQueryTests.JsonAsync(town, $"/datasets/{dataset}.json");
            var parquet = town.Folder.Write($"{dataset}.parquet", await town.Http.GetByteArrayAsync(new Uri($"/datasets/{dataset}.parquet", UriKind.Relative)));
            Assert.Equal(rows, odata.Count);
            Assert.Equal(odata, TextsOf(json));
            Assert.Equal(odata, TextsOfParquet(parquet));
        }

        var codes = await SourceToQueryTests.JsonAsync(town, "/odata/real_communes?$filter=commune_code%20eq%20'00004'&$select=commune_code,name");
        Assert.Equal("00004", codes.GetProperty("value")[0].GetProperty("commune_code").GetString());
        Assert.Equal("Ba Đình", codes.GetProperty("value")[0].GetProperty("name").GetString());
    }

    private static async Task<List<string>> AllByNextLinkAsync(Town town, string dataset)
    {
        var all = new List<string>();
        var next = new Uri($"/odata/{dataset}", UriKind.Relative);
        while (next is not null)
        {
            using var page = JsonDocument.Parse(await town.Http.GetStringAsync(next));
            all.AddRange(page.RootElement.GetProperty("value").EnumerateArray().Select(Text));
            next = page.RootElement.TryGetProperty("@odata.nextLink", out var link) ? new Uri(link.GetString()!) : null;
        }

        return all;
    }

    private static IEnumerable<string> TextsOf(JsonElement json)
        => (json.ValueKind == JsonValueKind.Array ? json : json.GetProperty("rows")).EnumerateArray().Select(Text);

    private static string Text(JsonElement row)
        => string.Join('|', row.EnumerateObject().Where(p => !p.Name.Contains('@', StringComparison.Ordinal)).Select(p => p.Value.ValueKind == JsonValueKind.String ? p.Value.GetString() : p.Value.GetRawText()));

    private static List<string> TextsOfParquet(string file)
    {
        using var engine = DuckDbEngine.InMemory(new EngineOptions());
        using var connection = engine.Connect();
        using var reader = connection.Stream(new SqlBuilder().Append("SELECT * FROM read_parquet(").Value(file).Append(")").ToSql(), CancellationToken.None);
        var rows = new List<string>();
        while (reader.Read(out var chunk))
        {
            for (var row = 0; row < chunk.RowCount; row++)
            {
                var cells = new List<string>();
                for (var column = 0; column < chunk.ColumnCount; column++)
                {
                    cells.Add(Cell(chunk[column], row));
                }

                rows.Add(string.Join('|', cells));
            }
        }

        return rows;
    }

    private static string Cell(ColumnVector vector, int row) => vector.IsNull(row)
        ? "null"
        : vector.Kind switch
        {
            PhysicalKind.Utf8 => System.Text.Encoding.UTF8.GetString(vector.Utf8(row)),
            PhysicalKind.Int64 => vector.Int64At(row).ToString(CultureInfo.InvariantCulture),
            PhysicalKind.Double => vector.DoubleAt(row).ToString("R", CultureInfo.InvariantCulture),
            _ => vector.DecimalAt(row).ToString(),
        };
}
