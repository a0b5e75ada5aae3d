using System.Text.Json;

namespace OpenData.SampleAgencies;

/// <summary>The Vietnamese words that the systems speak, from content/vocabulary.json.</summary>
internal sealed record Vocabulary(
    IReadOnlyList<Vocabulary.AgencyName> Agencies,
    IReadOnlyList<Vocabulary.ServiceName> Services,
    IReadOnlyList<string> Species,
    IReadOnlyList<Vocabulary.ProductName> Products,
    IReadOnlyList<string> Operators,
    IReadOnlyList<string> Surnames,
    IReadOnlyList<string> MiddleNames,
    IReadOnlyList<string> GivenNames,
    IReadOnlyList<string> ReportTexts,
    string MarketPrefix,
    IReadOnlyList<string> MarketSuffixes,
    string BadNumber,
    string BadCount,
    Vocabulary.CsvHeaders Headers,
    Vocabulary.TelecomWords Telecom,
    IReadOnlyList<string> PublicServiceLevels,
    IReadOnlyList<string> PublicServiceChannels,
    string BadLevel)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The vocabulary inside this assembly.</summary>
    public static Vocabulary Read()
    {
        using var stream = Content.Open("vocabulary.json");
        return JsonSerializer.Deserialize<Vocabulary>(stream, Json)
            ?? throw new InvalidDataException("vocabulary.json is empty.");
    }

    /// <summary>A made-up person's name.</summary>
    public string Person(Dice dice)
        => $"{dice.Pick(Surnames)} {dice.Pick(MiddleNames)} {dice.Pick(GivenNames)}";

    /// <summary>A department and its code in the sample systems.</summary>
    internal sealed record AgencyName(string Code, string Name);

    /// <summary>A kind of administrative procedure.</summary>
    internal sealed record ServiceName(string Name, string Field, string Agency, string Level);

    /// <summary>A farm product and its code in the portal.</summary>
    internal sealed record ProductName(string Code, string Name);

    /// <summary>Header rows of the CSV files and fields of the CKAN table.</summary>
    internal sealed record CsvHeaders(
        IReadOnlyList<string> PublicServices, IReadOnlyList<string> CommunityGroups, IReadOnlyList<string> CashlessMarkets, IReadOnlyList<string> Traceability);

    /// <summary>Titles and heads of the telecom workbook.</summary>
    internal sealed record TelecomWords(
        string Title, string Subtitle, IReadOnlyList<string> Heads, IReadOnlyList<string> Subheads, string Footer, string Signature);
}
