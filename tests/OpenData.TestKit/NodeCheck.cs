using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace OpenData.TestKit;

/// <summary>Holds a JSON document to a schema or a standard, by validators that are not ours (tests/clients/check.mjs).</summary>
public static class NodeCheck
{
    /// <summary>What is wrong with the document by a JSON schema; empty when nothing is.</summary>
    public static Task<IReadOnlyList<string>> SchemaAsync(string document, string schema) => RunAsync(new { kind = "schema", document, schema });

    /// <summary>What is wrong with an OpenAPI description; empty when nothing is.</summary>
    public static Task<IReadOnlyList<string>> OpenApiAsync(string document) => RunAsync(new { kind = "openapi", document });

    private static async Task<IReadOnlyList<string>> RunAsync(object check)
    {
        var start = new ProcessStartInfo("node", [Repository.File("tests/clients/check.mjs")])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
        };
        using var node = Process.Start(start)!; // only a shell start may give null
        var said = node.StandardError.ReadToEndAsync();
        await node.StandardInput.WriteLineAsync(JsonSerializer.Serialize(check));
        node.StandardInput.Close();
        var problems = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        return node.ExitCode == 0
            ? JsonSerializer.Deserialize<List<string>>(problems)! // the script prints one list
            : throw new InvalidOperationException("Node said: " + await said);
    }
}
