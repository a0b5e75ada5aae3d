using System.Security.Cryptography;

namespace OpenData.Portal.Pages;

/// <summary>Style sheet, icon and fonts; served from beside the program, named with a mark of their content so that they may be kept for ever.</summary>
internal static class SiteAssets
{
    /// <summary>Folder of the files.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    /// <summary>Eight hex digits of the style sheet's hash.</summary>
    public static string Version { get; } = Mark();

    private static string Mark()
    {
        using var sheet = File.OpenRead(Path.Combine(Folder, "assets", "site.css"));
        return Convert.ToHexStringLower(SHA256.HashData(sheet))[..8];
    }
}
