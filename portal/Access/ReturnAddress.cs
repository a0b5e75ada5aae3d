namespace OpenData.Portal.Access;

/// <summary>Pure: where a sign-in leads back to. Only our own administration; what a caller wrote otherwise is not used.</summary>
internal static class ReturnAddress
{
    private const int LettersMax = 1_000;

    /// <summary>The address, or the one to go to instead.</summary>
    public static string Of(string? wanted, string otherwise)
        => wanted is { Length: <= LettersMax } && wanted.All(c => c is > ' ' and < '\x7f' and not '\\') && Leads(wanted) ? wanted : otherwise;

    private static bool Leads(string wanted)
    {
        var path = wanted.Split('?', '#')[0];
        return (path is "/admin" or "/en/admin" || path.StartsWith("/admin/", StringComparison.Ordinal) || path.StartsWith("/en/admin/", StringComparison.Ordinal))
            && !path.Contains("//", StringComparison.Ordinal) && !path.Contains("..", StringComparison.Ordinal);
    }
}
