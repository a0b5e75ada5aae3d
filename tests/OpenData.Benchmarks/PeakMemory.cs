using System.Globalization;

namespace OpenData.Benchmarks;

/// <summary>The greatest memory that this process held while something was done, as Linux counts it.</summary>
internal static class PeakMemory
{
    /// <summary>Bytes; 0 where the system does not tell.</summary>
    public static long During(Action action)
    {
        if (!OperatingSystem.IsLinux())
        {
            action();
            return 0;
        }

        // The mark starts anew at what is held now.
        using (var marks = new FileStream("/proc/self/clear_refs", FileMode.Open, FileAccess.Write))
        {
            marks.Write("5"u8);
        }

        action();
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
