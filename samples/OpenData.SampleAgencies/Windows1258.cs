using System.Text;

namespace OpenData.SampleAgencies;

/// <summary>
/// Vietnamese text in Windows-1258. The code page has the letters of the alphabet and writes the five tones as separate marks behind them, so each
/// letter is split into its base (with breve, circumflex or horn kept) and its tone.
/// </summary>
internal static class Windows1258
{
    private const string Tones = "\u0300\u0301\u0303\u0309\u0323";

    private static readonly Encoding CodePage = CodePagesEncodingProvider.Instance.GetEncoding(
        1258, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
        ?? throw new InvalidOperationException("Windows-1258 is not part of this runtime.");

    /// <summary>The text's bytes.</summary>
    /// <exception cref="EncoderFallbackException">A character that the code page does not have.</exception>
    public static byte[] Encode(string text)
    {
        var split = new StringBuilder(text.Length * 2);
        foreach (var rune in text.Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            AppendSplit(split, rune.ToString());
        }

        return CodePage.GetBytes(split.ToString());
    }

    private static void AppendSplit(StringBuilder split, string letter)
    {
        var marks = letter.Normalize(NormalizationForm.FormD);
        var tone = marks.AsSpan().IndexOfAny(Tones);
        if (tone < 0)
        {
            split.Append(letter);
            return;
        }

        split.Append(marks.Remove(tone, 1).Normalize(NormalizationForm.FormC)).Append(marks[tone]);
    }
}
