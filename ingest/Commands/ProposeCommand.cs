using System.CommandLine;
using OpenData.Warehouse.Staging;

namespace OpenData.Ingest.Commands;

/// <summary><c>propose &lt;file&gt;</c>: guesses a contract for a person to accept.</summary>
internal static class ProposeCommand
{
    internal static Command Make(CommandBody body)
    {
        var file = new Argument<string>("file") { Description = "A CSV, JSON, NDJSON, GeoJSON or XLSX file." };
        var command = new Command("propose", "Guess a contract from a file and print it as YAML; a person completes and accepts it.") { file };
        command.SetAction((parsed, token) => body((context, _) => RunAsync(context, parsed.GetValue(file)!), token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string path)
    {
        if (!File.Exists(path))
        {
            await context.Error.WriteLineAsync($"There is no file {Path.GetFileName(path)}.");
            return ExitCodes.SomeFailed;
        }

        await context.Output.WriteAsync(ContractProposal.Propose(path));
        return ExitCodes.Good;
    }
}
