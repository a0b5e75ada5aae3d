using System.CommandLine;
using System.Globalization;
using OpenData.Catalogs;

namespace OpenData.Ingest.Commands;

/// <summary><c>check</c>: every mistake of the catalogue, with file and line.</summary>
internal static class CheckCommand
{
    internal static Command Make(CommandBody body)
    {
        var command = new Command("check", "Check every file of the catalogue; print each problem with file and line.");
        command.SetAction((_, token) => body((context, _) => RunAsync(context), token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context)
    {
        var reading = CatalogReader.Read(context.Settings.CatalogFolder);
        foreach (var problem in reading.Problems)
        {
            await context.Output.WriteLineAsync(problem.ToString());
        }

        var (datasets, problems) = (reading.Catalog.Datasets.Count, reading.Problems.Count);
        await context.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{datasets} datasets may run; {problems} problems."));
        return problems == 0 ? ExitCodes.Good : ExitCodes.SomeFailed;
    }
}
