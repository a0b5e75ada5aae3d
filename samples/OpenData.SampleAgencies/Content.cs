namespace OpenData.SampleAgencies;

/// <summary>Files inside this assembly: vocabulary, home page, real communes and their outlines.</summary>
internal static class Content
{
    /// <summary>Opens an embedded file by its name.</summary>
    public static Stream Open(string name)
        => typeof(Content).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"{name} is not in the assembly.");

    /// <summary>The text of an embedded UTF-8 file.</summary>
    public static string Text(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd();
    }
}
