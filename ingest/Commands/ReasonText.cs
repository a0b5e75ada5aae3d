using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;

namespace OpenData.Ingest.Commands;

/// <summary>A sentence of an operator for the public: one line, not long.</summary>
internal static class ReasonText
{
    private const int LettersMax = 500;

    /// <summary>Refuses what is no such sentence.</summary>
    internal static void Check(OptionResult result)
    {
        if (result.GetValueOrDefault<string?>() is { } text && (string.IsNullOrWhiteSpace(text) || text.Length > LettersMax || text.Any(char.IsControl)))
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"--reason is one line of 1 to {LettersMax} letters."));
        }
    }

    /// <summary>The text as it is stored; null for null.</summary>
    internal static string? Of(string? text) => text?.Trim().Normalize(NormalizationForm.FormC);
}
