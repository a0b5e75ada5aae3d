using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace OpenData.Catalogs;

/// <summary>
/// Edits the text of a contract at one place, so that comments, order and layout stay as people wrote them. Answers null where the layout
/// is not one that can be edited safely (columns as a flow list, a column that is not there); then a person edits by hand.
/// </summary>
public static class ContractEdit
{
    private const int ContextLines = 3;

    /// <summary>The text with one more column after the last.</summary>
    /// <param name="yaml">Text of the contract.</param>
    /// <param name="column">The column as a YAML flow map: <c>{ name: …, type: … }</c>.</param>
    public static string? AddColumn(string yaml, string column)
    {
        if (Columns(yaml) is not { Children: [.., var last] })
        {
            return null;
        }

        // After the line in which the last column ends: a remark behind it stays where it is.
        var first = (int)last.Start.Index;
        var end = yaml.IndexOf('\n', Math.Max(EndOf(last) - 1, 0));
        var line = LineStart(yaml, first);
        var indent = yaml[line..(line + yaml[line..].TakeWhile(c => c == ' ').Count())];
        var newLine = yaml.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        return end < 0
            ? $"{yaml}{newLine}{indent}- {column}{newLine}"
            : yaml.Insert(end + 1, $"{indent}- {column}{newLine}");
    }

    /// <summary>The text with another source name (<c>from</c>) for a column.</summary>
    /// <param name="yaml">Text of the contract.</param>
    /// <param name="column">Public name of the column.</param>
    /// <param name="source">The name as a YAML scalar, quoted where need be.</param>
    public static string? Rename(string yaml, string column, string source)
    {
        var found = Columns(yaml)?.Children.OfType<YamlMappingNode>().FirstOrDefault(c => Value(c, "name")?.Value == column);
        if (found is null)
        {
            return null;
        }

        if (Value(found, "from") is { } from)
        {
            return yaml[..(int)from.Start.Index] + source + yaml[(int)from.End.Index..];
        }

        var name = Value(found, "name")!; // found by it
        var key = found.Children.Keys.First(k => k is YamlScalarNode { Value: "name" });
        var between = found.Style == MappingStyle.Flow
            ? ", "
            : (yaml.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n") + new string(' ', (int)key.Start.Column - 1);
        return yaml.Insert((int)name.End.Index, $"{between}from: {source}");
    }

    /// <summary>What differs between two texts as a unified diff of one hunk; empty when nothing does.</summary>
    /// <param name="file">Name for the head of the diff.</param>
    /// <param name="before">The text as it is.</param>
    /// <param name="after">The text as it would be.</param>
    public static string Diff(string file, string before, string after)
    {
        var (old, fresh) = (before.ReplaceLineEndings("\n").Split('\n'), after.ReplaceLineEndings("\n").Split('\n'));
        var head = old.Zip(fresh).TakeWhile(p => p.First == p.Second).Count();
        var tail = Math.Min(
            old.Reverse().Zip(fresh.Reverse()).TakeWhile(p => p.First == p.Second).Count(),
            Math.Min(old.Length, fresh.Length) - head);
        if (head == old.Length && head == fresh.Length)
        {
            return "";
        }

        var from = Math.Max(0, head - ContextLines);
        var after3 = Math.Min(ContextLines, tail);
        var (gone, come) = (old.Length - tail - head, fresh.Length - tail - head);
        var (oldLines, newLines) = (head - from + gone + after3, head - from + come + after3);
        var text = new StringBuilder();
        text.Append(FormattableString.Invariant($"--- {file}\n+++ {file}\n@@ -{from + 1},{oldLines} +{from + 1},{newLines} @@\n"));
        Lines(text, ' ', old.AsSpan(from, head - from));
        Lines(text, '-', old.AsSpan(head, gone));
        Lines(text, '+', fresh.AsSpan(head, come));
        Lines(text, ' ', old.AsSpan(head + gone, after3));
        return text.ToString();
    }

    private static void Lines(StringBuilder text, char sign, ReadOnlySpan<string> lines)
    {
        foreach (var line in lines)
        {
            text.Append(sign).Append(line).Append('\n');
        }
    }

    private static YamlSequenceNode? Columns(string yaml)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException)
        {
            // The file has mistakes already; its reader names them.
            return null;
        }

        return stream.Documents is [{ RootNode: YamlMappingNode root }]
            && root.Children.FirstOrDefault(c => c.Key is YamlScalarNode { Value: "columns" }).Value is YamlSequenceNode { Style: SequenceStyle.Block } columns
                ? columns
                : null;
    }

    private static YamlScalarNode? Value(YamlMappingNode map, string key)
        => map.Children.FirstOrDefault(c => c.Key is YamlScalarNode scalar && scalar.Value == key).Value as YamlScalarNode;

    // A block map ends where the next thing begins, so the end of its last leaf counts.
    private static int EndOf(YamlNode node) => node switch
    {
        YamlMappingNode { Style: not MappingStyle.Flow, Children.Count: > 0 } map => map.Children.Max(c => Math.Max(EndOf(c.Key), EndOf(c.Value))),
        YamlSequenceNode { Style: not SequenceStyle.Flow, Children.Count: > 0 } list => list.Children.Max(EndOf),
        _ => (int)node.End.Index,
    };

    private static int LineStart(string yaml, int index) => index == 0 ? 0 : yaml.LastIndexOf('\n', index - 1) + 1;
}
