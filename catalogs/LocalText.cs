namespace OpenData.Catalogs;

/// <summary>One text in the two languages that we publish in. Neither is a translation by rule of the other.</summary>
/// <param name="Vi">Vietnamese, NFC.</param>
/// <param name="En">English.</param>
public sealed record LocalText(string Vi, string En)
{
    /// <summary>The text for a language tag: <c>en…</c> gives English, everything else Vietnamese.</summary>
    public string For(string? language)
        => language is not null && language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? En : Vi;
}
