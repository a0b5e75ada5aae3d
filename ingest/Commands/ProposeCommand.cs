using System.CommandLine;

namespace OpenData.Ingest.Commands;

/// <summary><c>propose &lt;file&gt;</c>: guesses a contract for a person to accept.</summary>
internal static class ProposeCommand
{
    // Guessing looks at the beginning; the contract decides about the rest.
    private const int SampleRecordsMax = 10_000;

    internal static Command Make(CommandBody body)
    {
        var file = new Argument<string>("file") { Description = "A UTF-8 CSV file with a header row." };
        var command = new Command("propose", "Guess a contract from a CSV file and print it as YAML; a person completes and accepts it.") { file };
        command.SetAction((parsed, token) => body((context, stop) => RunAsync(context, parsed.GetValue(file)!, stop), token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string path, CancellationToken token)
    {
        if (!File.Exists(path))
        {
            await context.Error.WriteLineAsync($"There is no file {Path.GetFileName(path)}.");
            return ExitCodes.SomeFailed;
        }

        var text = await File.ReadAllTextAsync(path, token);
        var records = CsvSample.Read(text, CsvSample.DelimiterOf(text), SampleRecordsMax + 1);
        if (records.Count < 2)
        {
            await context.Error.WriteLineAsync("The file has no record below its header: there is nothing to guess from.");
            return ExitCodes.SomeFailed;
        }

        await context.Output.WriteAsync(ContractProposal.Yaml(Path.GetFileName(path), CsvSample.DelimiterOf(text), records[0], records[1..]));
        return ExitCodes.Good;
    }
}
