using System.Globalization;

namespace OpenData.TestKit;

/// <summary>Runs code under another culture, as an official's machine would.</summary>
public static class Culture
{
    /// <summary>Runs the action under vi-VN (decimal comma, dd/MM/yyyy) and restores the culture.</summary>
    public static void Vietnamese(Action action)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("vi-VN");
        try
        {
            action();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
