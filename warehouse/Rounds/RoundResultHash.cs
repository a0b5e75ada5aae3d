using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpenData.Warehouse.Rounds;

/// <summary>Pure: the hash by which a published result is known.</summary>
internal static class RoundResultHash
{
    /// <summary>SHA-256 of the points, maxima and places of the three results, 64 hexadecimal digits in lower case.</summary>
    internal static string Of(RoundResult result)
    {
        var text = new StringBuilder();
        foreach (var (name, scores) in new[] { ("self", result.Self), ("verified", result.Verified), ("final", result.Final) })
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}\n");
            foreach (var unit in scores.Units)
            {
                text.Append(CultureInfo.InvariantCulture, $"{unit.Unit}\t{Text(unit.Total.Points)}\t{Text(unit.Total.Maximum)}\t{scores.RankOf(unit.Unit)?.Rank}\n");
                foreach (var component in unit.Components)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{component.Component}\t{component.State}\t{Text(component.Points)}\t{Text(component.Maximum)}\n");
                }
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    // 10 and 10.0 are one number, and so have one text.
    private static string Text(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);
}
