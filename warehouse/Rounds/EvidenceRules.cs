using System.Globalization;
using System.Text.RegularExpressions;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Rounds;

/// <summary>Pure: what must hold of what is said of a document.</summary>
internal static partial class EvidenceRules
{
    private const long BytesMax = 1L << 30;
    private const int NameLettersMax = 200;
    private const int NumberLettersMax = 60;

    /// <summary>Id of the n-th document of a round.</summary>
    internal static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"e{number}");

    /// <summary>Refuses what cannot be of a document.</summary>
    /// <exception cref="OpenDataException"><see cref="RoundErrors.BadEvidence"/>.</exception>
    internal static void Require(RoundEvidence evidence)
    {
        var holds = Hash().IsMatch(evidence.Sha256)
            && MediaType().IsMatch(evidence.MediaType)
            && evidence.Bytes is > 0 and <= BytesMax
            && IsLine(evidence.FileName, NameLettersMax)
            && (evidence.DocumentNumber is not { } number || IsLine(number, NumberLettersMax));
        if (!holds)
        {
            throw new OpenDataException(RoundErrors.BadEvidence, new LocalText(
                "Tài liệu cần mã băm SHA-256, kiểu nội dung, dung lượng và tên một dòng; số văn bản dài nhất 60 ký tự.",
                "A document has a SHA-256, a media type, a size and a name of one line; its number has at most 60 letters."));
        }
    }

    private static bool IsLine(string text, int lettersMax) => !string.IsNullOrWhiteSpace(text) && text.Length <= lettersMax && !text.Any(char.IsControl);

    [GeneratedRegex(@"\A[0-9a-f]{64}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Hash();

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,90}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MediaType();
}
