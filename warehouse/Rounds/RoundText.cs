namespace OpenData.Warehouse.Rounds;

/// <summary>Pure: the words of this room as the database, files and the command line write them.</summary>
public static class RoundText
{
    /// <summary>For example <c>verified</c>, <c>not_applicable</c> or <c>verify_answer</c>.</summary>
#pragma warning disable CA1308 // The texts are lower case by definition.
    public static string Of<T>(T word)
        where T : struct, Enum
        => string.Concat(word.ToString().Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(c) : c.ToString()));
#pragma warning restore CA1308

    /// <summary>The word of such a text; null when there is none.</summary>
    public static T? Find<T>(string text)
        where T : struct, Enum
        => Enum.GetValues<T>().Where(w => Of(w) == text).Select(w => (T?)w).FirstOrDefault();

    /// <summary>The word of a text that we wrote.</summary>
    internal static T To<T>(string text)
        where T : struct, Enum
        => Find<T>(text) ?? throw new InvalidOperationException($"The state database says {typeof(T).Name} {text}, which this program does not know.");
}
