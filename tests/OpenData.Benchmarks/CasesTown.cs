using System.Globalization;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Query;

namespace OpenData.Benchmarks;

/// <summary>The town with the one-stop cases, and the questions that are asked of it, each as a request and as what the engine is asked.</summary>
internal sealed class CasesTown
{
    /// <summary>The table that is measured.</summary>
    public const string Cases = "cases";

    /// <summary>The engine's name of the file, beside the portal's own engines.</summary>
    private const string Alias = "bench";

    // Steps through the table that meet every row before one comes again.
    private const long Stride = 7_919;

    // Agency and channel are independent of each other in CaseTable; agency and status are not.
    private static readonly string[] Channels = ["online", "counter", "post"];
    private static readonly DateTime FirstDay = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly BenchTown _town;

    private CasesTown(BenchTown town, long rows)
    {
        _town = town;
        Rows = rows;
    }

    public long Rows { get; }

    public static CasesTown Prepare(string folder, long rows)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"cases-{rows}");
        var town = BenchTown.Prepare(Path.Combine(folder, name), name, empty =>
        {
            var csv = Path.Combine(folder, name + ".csv");
            CaseFile.Write(folder, csv, rows);
            var contract = CaseContract.Read();
            empty.Write(contract);
            using (var file = File.OpenRead(csv))
            {
                empty.Publish(contract, file);
            }

            File.Delete(csv);
        });
        return new CasesTown(town, rows);
    }

    /// <summary>Starts a portal over the town. Kept answers would make an equal question free.</summary>
    public PortalProcess StartPortal(bool keepsAnswers)
        => PortalProcess.Start(_town.DataFolder, _town.CatalogFolder, ("PORTAL_ANSWERS_MB", keepsAnswers ? "128" : "0"));

    /// <summary>An engine of this process over the published file.</summary>
    public DuckDbEngine OpenEngine(int threads)
    {
        var engine = DuckDbEngine.InMemory(new EngineOptions { Threads = threads, IdleConnectionsMax = 32 });
        engine.AttachReadOnly(PublishedFile("data.duckdb"), Alias);
        return engine;
    }

    /// <summary>Path of a file of the published version.</summary>
    public string PublishedFile(string name) => _town.Store.Current(Cases)!.Path(name); // Prepare has published it.

    public byte[] PointRequest(long number) => LoadClient.Get($"/odata/cases('{Key(number)}')");

    /// <summary>The same row by its position, the quickest look that the engine has.</summary>
    public SqlText PointSql(long number) => Select().Append(" WHERE _rid = ").Value(number * Stride % Rows).ToSql();

    /// <summary>An agency's newest cases of a channel since a day.</summary>
    public byte[] Top100Request(long number)
        => LoadClient.Get(
            $"/odata/cases?$filter=agency%20eq%20'{Agency(number)}'%20and%20channel%20eq%20'{Channel(number)}'%20and%20submitted_at%20ge%20"
            + $"{Since(number).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}&$orderby=submitted_at%20desc&$top=100");

    public SqlText Top100Sql(long number) => Select()
        .Append(" WHERE agency = ").Value(Agency(number))
        .Append(" AND channel = ").Value(Channel(number))
        .Append(" AND submitted_at >= ").Value(Since(number))
        .Append(" ORDER BY submitted_at DESC, case_id LIMIT 100")
        .ToSql();

    /// <summary>All rows by a filter that leaves none out.</summary>
    public static SqlText AllSql() => Select().Append(" WHERE fee >= 0").ToSql();

    public static byte[] AllRequest(string format) => LoadClient.Get($"/api/v1/datasets/cases/rows?format={format}&where=fee%20ge%200");

    private static SqlBuilder Select()
    {
        var sql = new SqlBuilder().Append("SELECT ");
        for (var i = 0; i < CaseTable.Columns.Count; i++)
        {
            sql.Append(i == 0 ? "" : ", ").Name(CaseTable.Columns[i].Name);
        }

        return sql.Append(" FROM ").Name(Alias).Append(".main.data");
    }

    private static string Agency(long number) => string.Create(CultureInfo.InvariantCulture, $"H55.{number % 40:00}");

    private static string Channel(long number) => Channels[number / 40 % Channels.Length];

    // The older half of the table, so that no question runs out of rows.
    private DateTime Since(long number) => FirstDay.AddMinutes(number * Stride % (Rows / 2));

    private string Key(long number)
    {
        var i = number * Stride % Rows;
        return string.Create(CultureInfo.InvariantCulture, $"H55.16.{i % 37:00}-{i:0000000000}");
    }
}
