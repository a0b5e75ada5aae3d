using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace OpenData.TestKit;

/// <summary>
/// Reads files with readers that are not ours (tests/clients). Starting Node costs more than reading, so hand over many files at once.
/// </summary>
public static class NodeReader
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>The files in the given order, each read by the reader of its extension.</summary>
    /// <exception cref="InvalidOperationException">A reader refused a file; the message is what it said.</exception>
    public static async Task<IReadOnlyList<NodeTable>> ReadAsync(params IReadOnlyList<string> paths)
    {
        var start = new ProcessStartInfo("node", [Repository.File("tests/clients/read.mjs")])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = new UTF8Encoding(false),
            StandardErrorEncoding = new UTF8Encoding(false),
        };
        using var node = Process.Start(start)!; // only a shell start may give null
        var said = node.StandardError.ReadToEndAsync();
        await node.StandardInput.WriteAsync(string.Join('\n', paths));
        node.StandardInput.Close();
        var tables = await TablesAsync(node.StandardOutput);
        await node.WaitForExitAsync();
        return node.ExitCode == 0 && tables.Count == paths.Count
            ? tables
            : throw new InvalidOperationException($"After {tables.Count} of {paths.Count} files, Node said: {await said}");
    }

    private static async Task<List<NodeTable>> TablesAsync(StreamReader lines)
    {
        var tables = new List<NodeTable>();
        while (await lines.ReadLineAsync() is { } line)
        {
            var head = JsonSerializer.Deserialize<NodeHead>(line, Web)!; // a head is never null
            var rows = new List<string?[]>(head.RowCount);
            while (rows.Count < head.RowCount && await lines.ReadLineAsync() is { } row)
            {
                rows.Add(JsonSerializer.Deserialize<string?[]>(row)!); // a row is never null
            }

            tables.Add(new NodeTable(head.Columns, head.Metadata, head.Batches, rows));
        }

        return tables;
    }

    private sealed record NodeHead(
        IReadOnlyList<NodeColumn> Columns,
        IReadOnlyDictionary<string, string> Metadata,
        IReadOnlyList<int> Batches,
        int RowCount);
}
