using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OpenData.Warehouse.Accounts;

/// <summary>Secrets that a person or a browser holds and we do not: 256 random bits, of which only the hash is stored.</summary>
internal static class SecretToken
{
    private const int Bytes = 32;
    private const int LettersMax = 100;

    /// <summary>A new one, in letters fit for addresses and cookies.</summary>
    internal static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>
    /// What is stored of it. A plain hash is enough: nobody guesses 256 random bits. Whatever else a caller sends has a hash too, which nobody has.
    /// </summary>
    internal static string HashOf(string token)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token.Length <= LettersMax ? token : "")));
}
