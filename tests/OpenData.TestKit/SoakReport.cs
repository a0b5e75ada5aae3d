namespace OpenData.TestKit;

/// <summary>Figures of a soak run, one line each, in the file that <c>./dev soak</c> turns into a measurement.</summary>
public static class SoakReport
{
    private static readonly Lock Gate = new();

    /// <summary>Adds a line; nothing outside a soak run.</summary>
    public static void Line(string text)
    {
        if (Environment.GetEnvironmentVariable("OPENDATA_SOAK_REPORT") is { Length: > 0 } file)
        {
            lock (Gate)
            {
                File.AppendAllText(file, $"- {text}\n");
            }
        }
    }
}
