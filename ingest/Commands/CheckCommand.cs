using System.CommandLine;
using System.Globalization;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Catalogs.Frameworks;
using OpenData.Warehouse.Rounds;

namespace OpenData.Ingest.Commands;

/// <summary><c>check</c>: every mistake of the catalogue, with file and line.</summary>
internal static class CheckCommand
{
    internal static Command Make(CommandBody body)
    {
        var command = new Command("check", "Check every file of the catalogue; print each problem with file and line.");
        command.SetAction((_, token) => body(RunAsync, token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var reading = CatalogReader.Read(context.Settings.CatalogFolder);
        var frameworks = FrameworkReader.Read(context.Settings.CatalogFolder, reading.Catalog);
        IReadOnlyList<CatalogProblem> problems = [.. reading.Problems, .. frameworks.Problems, .. await FrozenAsync(context, frameworks.Frameworks, token)];
        foreach (var problem in problems)
        {
            await context.Output.WriteLineAsync(problem.ToString());
        }

        await context.Output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{reading.Catalog.Datasets.Count} datasets may run; {frameworks.Frameworks.Count} frameworks; {problems.Count} problems."));
        return problems.Count == 0 ? ExitCodes.Good : ExitCodes.SomeFailed;
    }

    // The files can be checked where there is no state database, as in the catalogue's repository: then nothing is known of rounds.
    private static async Task<IReadOnlyList<CatalogProblem>> FrozenAsync(CommandContext context, IReadOnlyList<Framework> frameworks, CancellationToken token)
    {
        try
        {
            await using var book = RoundBook.ForReading(context.Settings.Ledger, context.Clock);
            return [.. (await book.FrozenAsync(token)).SelectMany(frozen => frameworks
                .Where(f => f.Id == frozen.Framework && f.Version == frozen.Version && FrameworkFacts.Hash(f) != frozen.FactsHash)
                .Select(f => new CatalogProblem(
                    RoundErrors.FrozenFramework.Code,
                    f.File,
                    1,
                    $"a frozen framework cannot change: round {frozen.Round} was opened under version {frozen.Version} with other content; give the change a new `version`",
                    null)))];
        }
        catch (OpenDataException silent)
        {
            await context.Error.WriteLineAsync($"Whether a frozen framework changed was not checked: {silent.Code}: {silent.Detail.En}");
            return [];
        }
    }
}
