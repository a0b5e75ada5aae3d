using System.Text.Json;
using Npgsql;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Ingest.Runs;
using OpenData.Ingest.Sources;
using OpenData.Ingest.Tests.Runs;
using OpenData.TestKit;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Tests.Ledger;

namespace OpenData.Ingest.Tests.Sources;

/// <summary>Against a real PostgreSQL.</summary>
public sealed class DatabaseSourceTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const string Columns =
        "  - { name: id, type: integer, required: true, title: { vi: Mã, en: Id } }\n"
        + "  - { name: code, type: code, title: { vi: Mã số, en: Code } }\n"
        + "  - { name: fee, type: \"decimal(38,2)\", title: { vi: Phí, en: Fee } }\n"
        + "  - { name: day, type: date, title: { vi: Ngày, en: Day } }\n"
        + "  - { name: at, type: timestamp, title: { vi: Lúc, en: At } }\n"
        + "  - { name: note, type: text, empty: keep, title: { vi: Ghi chú, en: Note } }\n"
        + "  - { name: tags, type: list(text), title: { vi: Nhãn, en: Tags } }\n"
        + "  - { name: citizen, type: text, privacy: personal }\n";

    [PostgresFact]
    public async Task Values_arrive_exactly_and_personal_ones_not_at_all()
    {
        var database = Fill(
            "create table cases (id bigint, code text, fee numeric, day date, at timestamptz, note text, tags text[], citizen text)",
            "insert into cases values (9223372036854775807, '007', 123456789012345678901234567890123456.78, '2025-07-01', '2025-07-01 08:30:00.123456+07', '', array['a', 'b'], 'planted-citizen'),"
            + "(2, null, null, null, null, null, null, null), (3, '1', 1, 'infinity', null, 'x', null, null), (4, '1', 1, '0044-03-15 BC', null, 'x', null, null), (5, '1', 'NaN', null, null, 'x', null, null)");
        using var place = Place(database).Contract("cases", "{ kind: database, connection: \"${DB}\", table: public.cases }", Columns);
        var outcome = (await place.Run())["cases"];
        Assert.True(outcome.Status == RunStatus.Succeeded, outcome.CauseCode);
        Assert.Equal(2, outcome.Rows);
        Assert.Equal(3, outcome.Quarantine.Sum(q => q.Rows));
        var csv = await place.Csv("cases");
        Assert.Contains("9223372036854775807,007,123456789012345678901234567890123456.78,2025-07-01,2025-07-01T08:30:00.123456+07:00,\"\"", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("planted-citizen", csv, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task The_sample_of_the_document_runs_and_then_reads_only_what_changed()
    {
        var database = Fill(
            "create table permits (so_giay_phep text, le_phi numeric, cap_nhat timestamptz, chu_dau_tu text)",
            "insert into permits values ('001', 150000, '2025-07-01 08:00+07', 'planted-owner'), ('002', null, '2025-07-02 08:00+07', 'planted-owner')");
        using var place = Place(database).Set("PERMITS_DB", database);
        var doc = File.ReadAllText(Repository.File("docs/sources.md"));
        var start = doc.IndexOf("```yaml\ndataset: permits", StringComparison.Ordinal) + 8;
        place.Write("catalog/datasets/permits.yaml", doc[start..doc.IndexOf("```", start, StringComparison.Ordinal)]);
        Assert.Equal(2, (await place.Run())["permits"].Rows);
        // The first row is older than the bound; the second stands inside the overlap.
        Execute(database, "update permits set le_phi = 7");
        Execute(database, "insert into permits values ('003', 1, '2025-07-03 08:00+07', 'planted-owner')");
        var second = (await place.Run())["permits"];
        Assert.Equal(2, second.Counts!.Received);
        var csv = await place.Csv("permits");
        Assert.Contains("001,150000,", csv, StringComparison.Ordinal);
        Assert.Contains("002,7,", csv, StringComparison.Ordinal);
        Assert.Contains("003,1,", csv, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(place.DataFolder, "*", SearchOption.AllDirectories))
        {
            Assert.False(File.ReadAllBytes(file).AsSpan().IndexOf("planted-owner"u8) >= 0, Path.GetFileName(file));
        }
    }

    [PostgresFact]
    public async Task A_backfill_reads_its_windows_and_nothing_before_them_whatever_the_change_time_is_stored_as()
    {
        foreach (var (stored, type) in new[] { ("timestamptz", "timestamp"), ("timestamp", "timestamp"), ("date", "date") })
        {
            // Stored without a zone the times are the contract's wall times.
            var database = Fill(
                $"create table cases (id bigint, at {stored})",
                "set timezone = 'Asia/Ho_Chi_Minh'; insert into cases select d, timestamp '2024-01-01' + make_interval(days => d) from generate_series(0, 59) as d");
            using var place = Place(database).Contract(
                "cases",
                "{ kind: database, connection: \"${DB}\", table: public.cases, incremental: { column: at } }",
                $"  - {{ name: id, type: integer, title: {{ vi: Mã, en: Id }} }}\n  - {{ name: at, type: {type}, title: {{ vi: Lúc, en: At }} }}\n",
                "merge");
            var plan = new BackfillPlan(new DateOnly(2024, 1, 11), new DateOnly(2024, 2, 29), new WindowLength(2, 'W'));
            var outcome = (await place.Run(new RunCause("backfill") { Backfill = plan }))["cases"];
            Assert.Equal((RunStatus.Succeeded, 50L), (outcome.Status, outcome.Rows));
            await using var ledger = RunLedger.ForReading(place.Settings.Ledger, TimeProvider.System);
            Assert.Equal(4, (await ledger.StepsAsync(outcome.RunId, CancellationToken.None)).Count(s => s.Name.StartsWith("window ", StringComparison.Ordinal)));

            // A window ends before its upper bound: only what the last reading brings again comes twice.
            Assert.InRange(outcome.Counts!.Duplicates, 0, 1);
        }
    }

    [PostgresFact]
    public async Task A_counting_column_of_a_database_is_read_from_its_greatest_number_less_the_overlap()
    {
        var database = Fill("create table cases (id integer, note text)", "insert into cases select i, 'x' from generate_series(1, 5000) as i");
        using var place = Place(database).Contract(
            "cases",
            "{ kind: database, connection: \"${DB}\", table: public.cases, incremental: { column: id } }",
            "  - { name: id, type: integer, required: true, title: { vi: Mã, en: Id } }\n  - { name: note, type: text, title: { vi: Ghi chú, en: Note } }\n",
            "merge");
        Assert.Equal(5000, (await place.Run())["cases"].Rows);
        Execute(database, "insert into cases values (5001, 'y')");
        var second = (await place.Run())["cases"];
        Assert.Equal((1002L, 1L, 5001L), (second.Counts!.Received, second.Counts.Inserted, second.Rows));
    }

    [PostgresFact]
    public async Task An_account_that_does_not_exist_ends_by_name()
    {
        using var rig = Rig(new NpgsqlConnectionStringBuilder(Fill()) { Username = "nobody_here" }.ConnectionString);
        Assert.Equal(SourceErrors.NotAllowed, await rig.Failure(Table));
    }

    [PostgresFact]
    public async Task A_large_table_is_streamed_and_counted()
    {
        using var rig = Rig(Fill("create table t as select g as id from generate_series(1, 20000) g"));
        var body = Assert.Single(await rig.Fetch(Table));
        Assert.Equal(20_000, JsonDocument.Parse(body).RootElement.GetArrayLength());
        Assert.Equal("${DB}#public.t", rig.Origins.Single());
    }

    [PostgresFact]
    public async Task No_rows_are_an_empty_list()
    {
        using var rig = Rig(Fill("create table t (id int)"));
        Assert.Equal("[]", Assert.Single(await rig.Fetch(Table)));
    }

    [PostgresFact]
    public Task A_missing_table_ends_by_name() => Fails(SourceErrors.DatabaseObjectMissing, Table with { Table = "public.gone" });

    [PostgresFact]
    public Task A_renamed_column_ends_by_name() => Fails(SourceErrors.DatabaseObjectMissing, Table, "create table t (ident int)");

    [PostgresFact]
    public Task Raw_bytes_end_by_name() => Fails(SourceErrors.ColumnUnusable, Table, "create table t (id bytea)");

    [PostgresFact]
    public Task A_query_that_writes_ends_by_name() => Fails(
        SourceErrors.QueryRefused, Query("select f() as id"), "create table t (id int)", "create function f() returns int language sql as 'insert into t values (1) returning id'");

    [PostgresFact]
    public Task A_query_that_takes_too_long_ends_by_name() => Fails(
        SourceErrors.QueryStopped, Query("select pg_sleep(30)::text as id"), SourceRig.Short with { Body = TimeSpan.FromMilliseconds(300), TriesMax = 2 });

    [PostgresFact]
    public async Task A_socket_that_is_not_allow_listed_is_refused()
    {
        using var rig = new SourceRig(allow: null).Set("DB", Fill());
        Assert.Equal(SourceErrors.AddressRefused, await rig.Failure(Table));
    }

    [Fact]
    public async Task A_private_host_that_is_not_allow_listed_is_refused()
    {
        using var rig = new SourceRig(allow: null).Set("DB", "Host=127.0.0.1;Port=1;Username=a;Password=planted-secret");
        Assert.Equal(SourceErrors.AddressRefused, await rig.Failure(Table));
    }

    [Theory]
    [InlineData("Host=a,b;Username=x")]
    [InlineData("Username=x")]
    [InlineData("NoSuchWord=planted-secret")]
    public async Task A_connection_string_that_is_none_ends_by_name_without_being_repeated(string connection)
    {
        using var rig = new SourceRig().Set("DB", connection);
        var error = await Assert.ThrowsAsync<OpenDataException>(() => rig.Fetch(Table));
        Assert.Equal(SourceErrors.BindingUnusable, error.Code);
        Assert.DoesNotContain("planted-secret", error.ToString(), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_connection_that_is_broken_in_the_middle_is_read_again()
    {
        var database = Fill("create table t as select g as id, repeat('x', 100) from generate_series(1, 200000) g");
        using var rig = Rig(database, SourceRig.Short with { BodyBytesMax = 1 << 26 });
        rig.During = () => Execute(database, "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'OpenData-Ingest'");
        await rig.Fetch(Table);
        Assert.Equal(200_000, JsonDocument.Parse(Assert.Single(rig.Bodies)).RootElement.GetArrayLength());
        Assert.Equal(2, rig.Readings);
    }

    private static SourceBinding Table { get; } = new("database") { Connection = "${DB}", Table = "public.t" };

    private static SourceBinding Query(string sql) => Table with { Table = null, Query = sql };

    private Task Fails(ErrorCode code, SourceBinding source, params string[] statements) => Fails(code, source, SourceRig.Short, statements);

    private async Task Fails(ErrorCode code, SourceBinding source, SourceLimits limits, params string[] statements)
    {
        using var rig = Rig(Fill(statements), limits);
        Assert.Equal(code, await rig.Failure(source));
    }

    private static SourceRig Rig(string database, SourceLimits? limits = null)
        => new SourceRig(limits, allow: new NpgsqlConnectionStringBuilder(database).Host, columns: ["id"]).Set("DB", database);

    private static Workplace Place(string database) => new Workplace { AllowPrivate = new NpgsqlConnectionStringBuilder(database).Host! }.Set("DB", database);

    private string Fill(params string[] statements)
    {
        var database = server.NewDatabase();
        foreach (var statement in statements)
        {
            Execute(database, statement);
        }

        return database;
    }

    private static void Execute(string database, string statement)
    {
        using var connection = new NpgsqlConnection(database + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(statement, connection);
        command.ExecuteNonQuery();
    }
}
