using System.Text;
using OpenData.Catalogs.Errors;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OpenData.Catalogs.Reading;

/// <summary>
/// YAML events → a tree with lines. Catalogues use the plain part of YAML: one document, no anchors, aliases or tags,
/// so that a file means what it shows and cannot grow while it is read.
/// </summary>
internal static class YamlTree
{
    /// <summary>Greatest size of a catalogue file in bytes of UTF-8.</summary>
    internal const int FileBytesMax = 1024 * 1024;

    private const int DepthMax = 16;
    private const int NodesMax = 50_000;

    /// <summary>The document's top map; null when there is none, and then a problem says why.</summary>
    public static YamlValue.Map? Parse(string text, ProblemList problems)
    {
        if (FirstBadCharacter(text) is { } bad)
        {
            problems.Add(CatalogErrors.Unreadable, bad.Line, bad.Sentence);
            return null;
        }

        var builder = new Builder(new Parser(new StringReader(text)), problems);
        try
        {
            switch (builder.Document())
            {
                case YamlValue.Map map:
                    return map;
                case { } other:
                    problems.Add(CatalogErrors.WrongShape, other.Line, $"the file holds {other.Shape}; it must be a map of fields");
                    break;
            }
        }
        catch (YamlException e)
        {
            ReportSyntax(text, (int)e.Start.Line, e.Message, problems);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException or FormatException)
        {
            // The parser has a few paths that end in a plain .NET exception without a mark, an unclosed bracket among them.
            ReportSyntax(text, builder.LastLine, "a bracket, quote or value is not finished here.", problems);
        }

        return null;
    }

    private static (int Line, string Sentence)? FirstBadCharacter(string text)
    {
        var line = 1;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n')
            {
                line++;
            }
            else if ((char.IsControl(c) && c is not ('\r' or '\t')) || c is '\uFFFE' or '\uFFFF')
            {
                return (line, $"control character U+{(int)c:X4} stands here; remove it");
            }
            else if (char.IsSurrogate(c))
            {
                if (!char.IsHighSurrogate(c) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                {
                    return (line, "half a character (a lone surrogate) stands here; remove it");
                }

                i++;
            }
        }

        return null;
    }

    private static void ReportSyntax(string text, int line, string message, ProblemList problems)
    {
        var lines = text.Split('\n');

        // The mark of an error is often where the broken part began, so a tab may stand further down.
        var tab = Array.FindIndex(lines, l => l.AsSpan()[..(l.Length - l.AsSpan().TrimStart().Length)].Contains('\t'));
        if (tab >= 0)
        {
            problems.Add(CatalogErrors.NotYaml, tab + 1, "a tab stands in the indentation; YAML indents with spaces");
        }
        else
        {
            problems.Add(CatalogErrors.NotYaml, Math.Clamp(line, 1, lines.Length), $"this is not valid YAML: {message}");
        }
    }

    private sealed class Builder(Parser parser, ProblemList problems)
    {
        private int _nodes;

        /// <summary>Line of the last node that was read.</summary>
        public int LastLine { get; private set; } = 1;

        public YamlValue? Document()
        {
            Next<StreamStart>();
            if (parser.Current is StreamEnd)
            {
                problems.Add(CatalogErrors.NotYaml, 1, "the file is empty; it must hold a map of fields");
                return null;
            }

            Next<DocumentStart>();
            var value = Node(0);
            Next<DocumentEnd>();
            if (parser.Current is DocumentStart second)
            {
                problems.Add(CatalogErrors.NotYaml, (int)second.Start.Line, "a second document begins here; a file holds one");
            }

            return value;
        }

        private YamlValue Node(int depth)
        {
            var current = parser.Current ?? throw new InvalidOperationException("the document ends in the middle");
            var line = (int)current.Start.Line;
            LastLine = line;
            if (depth > DepthMax)
            {
                throw new YamlException(current.Start, current.End, $"more than {DepthMax} levels of nesting");
            }

            if (++_nodes > NodesMax)
            {
                throw new YamlException(current.Start, current.End, $"more than {NodesMax} values in one file");
            }

            if (current is NodeEvent { Anchor.IsEmpty: false })
            {
                problems.Add(CatalogErrors.NotYaml, line, "an anchor (&name) stands here; catalogues write each value out");
            }

            if (current is NodeEvent { Tag.IsEmpty: false })
            {
                problems.Add(CatalogErrors.NotYaml, line, "a tag (!name) stands here; catalogues need none, remove it");
            }

            parser.MoveNext();
            switch (current)
            {
                case Scalar scalar:
                    return new YamlValue.Scalar(Nfc(scalar.Value, line), scalar.Style == ScalarStyle.Plain, line);
                case SequenceStart:
                    return ListOf(line, depth);
                case MappingStart:
                    return MapOf(line, depth);
                case AnchorAlias:
                    problems.Add(CatalogErrors.NotYaml, line, "an alias (*name) stands here; catalogues write each value out");
                    return new YamlValue.Scalar("", Plain: true, line);
                default:
                    throw new YamlException(current.Start, current.End, "a value is due here");
            }
        }

        private YamlValue.List ListOf(int line, int depth)
        {
            var items = new List<YamlValue>();
            while (parser.Current is not SequenceEnd)
            {
                items.Add(Node(depth + 1));
            }

            parser.MoveNext();
            return new YamlValue.List(items, line);
        }

        private YamlValue.Map MapOf(int line, int depth)
        {
            var entries = new List<YamlValue.Entry>();
            var lines = new Dictionary<string, int>(StringComparer.Ordinal);
            while (parser.Current is not MappingEnd)
            {
                var key = Node(depth + 1);
                var value = Node(depth + 1);
                if (key is not YamlValue.Scalar { Text: var name })
                {
                    problems.Add(CatalogErrors.NotYaml, key.Line, $"{key.Shape} stands as a field name; a field name is a word");
                }
                else if (!lines.TryAdd(name, key.Line))
                {
                    problems.Add(
                        CatalogErrors.Duplicate, key.Line, $"field `{Shown(name)}` stands here again; line {lines[name]} has it already");
                }
                else
                {
                    entries.Add(new YamlValue.Entry(name, value, key.Line));
                }
            }

            parser.MoveNext();
            return new YamlValue.Map(entries, line);
        }

        private string Nfc(string text, int line)
        {
            if (FirstBadCharacter(text) is { } bad)
            {
                // An escape of a quoted text can make what the file itself may not hold.
                problems.Add(CatalogErrors.BadValue, line, $"in this text, {bad.Sentence}");
                return "";
            }

            return text.Normalize(NormalizationForm.FormC);
        }

        private void Next<T>()
            where T : ParsingEvent
        {
            if (parser.Current is null)
            {
                parser.MoveNext();
            }

            if (parser.Current is not T)
            {
                throw new YamlException(
                    parser.Current?.Start ?? Mark.Empty, parser.Current?.End ?? Mark.Empty, "the file does not hold one YAML document");
            }

            parser.MoveNext();
        }
    }

    /// <summary>User text shortened for a sentence.</summary>
    internal static string Shown(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= 60 ? line : string.Concat(line.AsSpan(0, 57), "...");
    }
}
