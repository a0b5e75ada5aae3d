namespace OpenData.Ingest.Sources;

/// <summary>Reads the Link header (RFC 8288) as far as paging needs it.</summary>
internal static class LinkHeader
{
    /// <summary>The address with <c>rel="next"</c>; null when there is none.</summary>
    internal static string? Next(string? header)
    {
        for (var rest = header ?? ""; rest.IndexOf('<', StringComparison.Ordinal) is >= 0 and var open;)
        {
            var close = rest.IndexOf('>', open);
            if (close < 0)
            {
                return null;
            }

            var after = rest.IndexOf('<', close);
            var parameters = after < 0 ? rest[close..] : rest[close..after];
            if (parameters.Split(';', ',').Any(IsNext))
            {
                return rest[(open + 1)..close];
            }

            rest = after < 0 ? "" : rest[after..];
        }

        return null;
    }

    private static bool IsNext(string parameter)
        => parameter.Split('=') is [var name, var value]
            && name.Trim().Equals("rel", StringComparison.OrdinalIgnoreCase)
            && value.Trim().Trim('"').Split(' ').Contains("next", StringComparer.OrdinalIgnoreCase);
}
