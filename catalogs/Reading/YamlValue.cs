namespace OpenData.Catalogs.Reading;

/// <summary>One node of a catalogue file with the line it stands on (one-based).</summary>
internal abstract record YamlValue(int Line)
{
    /// <summary>Text as written; what it means is the contract's business, so <c>no</c> and <c>019</c> stay text.</summary>
    internal sealed record Scalar(string Text, bool Plain, int Line) : YamlValue(Line)
    {
        /// <summary>True for nothing at all and for a plain <c>~</c>.</summary>
        public bool IsNothing => Plain && Text is "" or "~";
    }

    /// <summary>A list.</summary>
    internal sealed record List(IReadOnlyList<YamlValue> Items, int Line) : YamlValue(Line);

    /// <summary>A map; keys are unique, the tree has seen to it.</summary>
    internal sealed record Map(IReadOnlyList<Entry> Entries, int Line) : YamlValue(Line);

    /// <summary>One key of a map.</summary>
    internal sealed record Entry(string Key, YamlValue Value, int Line);

    /// <summary>What the node is, for sentences.</summary>
    public string Shape => this switch
    {
        Map => "a map",
        List => "a list",
        _ => "a single value",
    };
}
