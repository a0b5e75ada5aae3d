using System.Globalization;
using System.Security.Cryptography;

namespace OpenData.Warehouse.Ledger;

/// <summary>Makes the names of runs.</summary>
public static class RunId
{
    private static long LastTicks;

    /// <summary>
    /// A new name: <c>20261122T0230151234567Z-1a2b3c4d</c> (UTC with 100 ns, then 8 random hex digits). Names made by one process
    /// sort in the order they were made, also when the clock stands still or steps back; safe as a folder name.
    /// </summary>
    public static string New(TimeProvider clock)
    {
        var now = clock.GetUtcNow().UtcTicks;
        long last, ticks;
        do
        {
            last = Interlocked.Read(ref LastTicks);
            ticks = Math.Max(now, last + 1);
        }
        while (Interlocked.CompareExchange(ref LastTicks, ticks, last) != last);

        var time = new DateTime(ticks, DateTimeKind.Utc).ToString("yyyyMMdd'T'HHmmssfffffff'Z'", CultureInfo.InvariantCulture);
        return $"{time}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
    }
}
