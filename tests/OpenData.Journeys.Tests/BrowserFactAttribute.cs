namespace OpenData.Journeys.Tests;

/// <summary>A fact that needs a browser; skipped, and saying so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (!File.Exists(Browser.Chromium))
        {
            Skip = "No Chromium; ./dev test installs it where it may.";
        }
    }
}
