using System.CommandLine;
using System.Globalization;
using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;

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
        var frameworks = FrameworkReader.Read(context.Settings.CatalogFolder, reading.Catalog);
        IReadOnlyList<CatalogProblem> problems = [.. reading.Problems, .. frameworks.Problems];
        foreach (var problem in problems)
        {
            await context.Output.WriteLineAsync(problem.ToString());
        }

        await context.Output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{reading.Catalog.Datasets.Count} datasets may run; {frameworks.Frameworks.Count} frameworks; {problems.Count} problems."));
        return problems.Count == 0 ? ExitCodes.Good : ExitCodes.SomeFailed;
    }
}
