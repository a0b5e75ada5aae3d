using OpenData.Catalogs;
using OpenData.Ingest.Tests.Commands;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;

namespace OpenData.Ingest.Tests.Runs;

public sealed class ProposalTests
{
    private const string Columns = "  - { name: id, type: integer, required: true, title: { vi: Mã, en: Id } }   # the key\n"
        + "  - { name: name, from: ten, type: text, title: { vi: Tên, en: Name } }\n";

    [Fact]
    public async Task A_new_column_is_proposed_once_shown_as_a_diff_accepted_and_read_by_the_next_run()
    {
        using var place = new Workplace();
        var outcome = await RunAsync(place, "id,ten,soTien\n1,a,\"1.234,50\"\n2,b,\"7.000,25\"\n");
        Assert.Equal(RunStatus.Succeeded, outcome.Status);
        await RunAsync(place, "id,ten,soTien\n1,a,\"1.234,50\"\n2,b,\"8.000,25\"\n");
        var open = Assert.Single(await OpenAsync(place));
        Assert.Equal(("new_column", "soTien", "so_tien", outcome.RunId), (open.Change.Kind, open.Change.Source, open.Change.Column, open.RunId));

        var before = await File.ReadAllTextAsync(Contract(place));
        var shown = await IngestProcess.Run(place, null, "proposals", "show", open.Id);
        Assert.Equal(0, shown.Code);
        Assert.Contains("\n+  - { name: so_tien, from: \"soTien\", type: \"decimal(14,2)\", number_format: vi, title:", shown.Output, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(Contract(place)));

        Assert.Equal(0, (await IngestProcess.Run(place, null, "proposals", "accept", open.Id, "--reason", "công văn 15")).Code);
        Assert.StartsWith(before.TrimEnd(), await File.ReadAllTextAsync(Contract(place)), StringComparison.Ordinal);
        await using (var ledger = RunLedger.ForReading(place.Settings.Ledger, TimeProvider.System))
        {
            var accepted = await ledger.ProposalAsync(open.Id, CancellationToken.None);
            Assert.Equal(("accepted", "công văn 15", "cli:" + Environment.UserName), (accepted!.Status, accepted.Reason, accepted.DecidedBy));
        }

        Assert.Equal(RunStatus.Succeeded, (await place.Run("units"))["units"].Status);
        Assert.Equal("id,name,so_tien\n1,a,1234.50\n2,b,8000.25\n", await place.Csv("units"));
        Assert.Empty(await OpenAsync(place));
        Assert.StartsWith("OD2431", (await IngestProcess.Run(place, null, "proposals", "accept", open.Id)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_column_ends_the_run_and_its_likely_new_name_is_proposed_not_taken()
    {
        using var place = new Workplace();
        var first = await RunAsync(place, "id,ten\n1,a\n");
        var failed = await RunAsync(place, "id,tenMoi\n1,b\n");
        Assert.Equal((RunStatus.Failed, "OD2105"), (failed.Status, failed.CauseCode));
        Assert.Equal(first.Version, new SnapshotStore(place.DataFolder).Current("units")!.Version);

        var open = Assert.Single(await OpenAsync(place));
        Assert.Equal(("renamed_column", "tenMoi", "name"), (open.Change.Kind, open.Change.Source, open.Change.Column));
        Assert.Equal(0, (await IngestProcess.Run(place, null, "proposals", "accept", open.Id)).Code);
        Assert.Contains("{ name: name, from: \"tenMoi\", type: text", await File.ReadAllTextAsync(Contract(place)), StringComparison.Ordinal);
        Assert.Equal(RunStatus.Succeeded, (await place.Run("units"))["units"].Status);
        Assert.Equal("id,name\n1,b\n", await place.Csv("units"));
    }

    [Fact]
    public async Task A_change_is_accepted_beside_a_dataset_that_is_kept_in_the_catalogue_and_the_audit_log_says_who_did()
    {
        using var place = new Workplace();
        await RunAsync(place, "id,ten,x\n1,a,1\n");
        place.Write("catalog/data/codes.csv", "code\n1\n");
        place.Contract("codes", "{ kind: manual, path: ../data/codes.csv }");
        Assert.Empty(CatalogReader.Read(place.Settings.CatalogFolder).Problems);

        var open = Assert.Single(await OpenAsync(place));
        var accepted = await IngestProcess.Run(place, null, "proposals", "accept", open.Id, "--reason", "công văn 15");
        Assert.True(accepted.Code == 0, accepted.Error);
        var log = (await IngestProcess.Run(place, null, "audit", "list")).Output;
        Assert.Contains($"cli:{Environment.UserName}  proposal.accepted  {open.Id}  công văn 15", log, StringComparison.Ordinal);
        Assert.Equal(2, (await IngestProcess.Run(place, null, "audit", "list", "--limit", "-1")).Code);
    }

    [Fact]
    public async Task A_declined_proposal_is_not_made_again()
    {
        using var place = new Workplace();
        await RunAsync(place, "id,ten,x\n1,a,1\n");
        var open = Assert.Single(await OpenAsync(place));
        Assert.Equal(2, (await IngestProcess.Run(place, null, "proposals", "decline", open.Id)).Code);
        Assert.Equal(0, (await IngestProcess.Run(place, null, "proposals", "decline", open.Id, "--reason", "nội bộ")).Code);
        await RunAsync(place, "id,ten,x\n1,a,2\n2,b,3\n");
        Assert.Empty(await OpenAsync(place));
        Assert.Contains("declined", (await IngestProcess.Run(place, null, "proposals", "list", "--all")).Output, StringComparison.Ordinal);
        Assert.StartsWith("OD2430", (await IngestProcess.Run(place, null, "proposals", "show", "000000000000")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proposal_that_the_contract_has_overtaken_is_marked_and_changes_nothing()
    {
        using var place = new Workplace();
        await RunAsync(place, "id,ten,x\n1,a,1\n");
        var open = Assert.Single(await OpenAsync(place));
        WriteContract(place, Columns + "  - { name: x, type: integer, title: { vi: X, en: X } }\n");
        var before = await File.ReadAllTextAsync(Contract(place));
        Assert.StartsWith("OD2431", (await IngestProcess.Run(place, null, "proposals", "accept", open.Id)).Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(Contract(place)));
        Assert.Equal("", (await IngestProcess.Run(place, null, "proposals", "list")).Output);
    }

    [Fact]
    public async Task A_change_that_would_be_a_mistake_is_refused_and_nothing_is_written()
    {
        using var place = new Workplace();
        await RunAsync(place, "id,ten,x\n1,a,1\n");
        await using (var ledger = await RunLedger.OpenAsync(place.Settings.Ledger, TimeProvider.System, CancellationToken.None))
        {
            await ledger.ProposeAsync("units", "run", new("new_column", "y", "y", "{ name: y, type: nothing_known }", null), CancellationToken.None);
        }

        var before = await File.ReadAllTextAsync(Contract(place));
        var wrong = (await OpenAsync(place)).Single(p => p.Change.Column == "y");
        Assert.StartsWith("OD2433", (await IngestProcess.Run(place, null, "proposals", "accept", wrong.Id)).Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(Contract(place)));
        Assert.Contains(await OpenAsync(place), p => p.Id == wrong.Id);
    }

    [Theory]
    [InlineData("soCCCD", "x1")]
    [InlineData("Họ tên", "Nguyễn Văn A")]
    [InlineData("ma", "019099000123")]
    public async Task A_column_that_looks_personal_is_proposed_as_personal(string column, string value)
    {
        using var place = new Workplace();
        await RunAsync(place, $"id,ten,{column}\n1,a,{value}\n");
        var open = Assert.Single(await OpenAsync(place));
        Assert.Contains("privacy: personal", open.Change.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("_c_c", open.Change.Column, StringComparison.Ordinal);
        Assert.DoesNotContain(value, open.Change.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("drift: { new_column: ignore }", RunStatus.Succeeded)]
    [InlineData("drift: { new_column: block }", RunStatus.Failed)]
    public async Task Where_the_contract_says_so_nothing_is_proposed(string drift, RunStatus status)
    {
        using var place = new Workplace();
        Assert.Equal(status, (await RunAsync(place, "id,ten,x\n1,a,1\n", drift)).Status);
        Assert.Empty(await OpenAsync(place));
    }

    [Fact]
    public async Task A_packed_text_with_a_new_column_is_published_without_a_proposal()
    {
        using var place = new Workplace();
        var path = place.Write("in/units.csv", "");
        await using (var file = File.Create(path))
        {
            await using var zip = new System.IO.Compression.ZipArchive(file, System.IO.Compression.ZipArchiveMode.Create);
            await using var text = new StreamWriter(await zip.CreateEntry("units.csv").OpenAsync());
            await text.WriteAsync("id,ten,x\n1,a,1\n");
        }

        WriteContract(place, Columns);
        Assert.Equal(RunStatus.Succeeded, (await place.Run("units"))["units"].Status);
        Assert.Empty(await OpenAsync(place));
    }

    private static string Contract(Workplace place) => Path.Combine(place.Settings.CatalogFolder, "datasets", "units.yaml");

    private static async Task<OpenData.Ingest.Runs.RunOutcome> RunAsync(Workplace place, string csv, string rest = "")
    {
        place.Write("in/units.csv", csv);
        WriteContract(place, Columns, rest);
        return (await place.Run("units"))["units"];
    }

    private static void WriteContract(Workplace place, string columns, string rest = "")
        => place.Contract("units", $"{{ kind: csv, path: {Path.Combine(place.DataFolder, "..", "in", "units.csv")} }}", columns, rest: rest);

    private static async Task<IReadOnlyList<Proposal>> OpenAsync(Workplace place)
    {
        await using var ledger = RunLedger.ForReading(place.Settings.Ledger, TimeProvider.System);
        return await ledger.ProposalsAsync(onlyOpen: true, CancellationToken.None);
    }
}
