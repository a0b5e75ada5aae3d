using System.CommandLine;
using System.Globalization;
using OpenData.Warehouse.Publishing;

namespace OpenData.Ingest.Commands;

/// <summary><c>verify</c>: recomputes every checksum of every published version.</summary>
internal static class VerifyCommand
{
    internal static Command Make(CommandBody body)
    {
        var command = new Command("verify", "Recompute every checksum of every published version.");
        command.SetAction((_, token) => body(RunAsync, token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var store = new SnapshotStore(context.Settings.DataFolder);
        var damages = await Task.Run(() => new SnapshotVerifier(store).VerifyAll(token), token);
        foreach (var damage in damages)
        {
            await context.Output.WriteLineAsync($"{damage.Dataset} {damage.Version} {damage.File}: {damage.Kind}");
        }

        var datasets = store.Datasets().Count;
        await context.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{datasets} datasets verified; {damages.Count} damaged files."));
        return damages.Count == 0 ? ExitCodes.Good : ExitCodes.SomeFailed;
    }
}
