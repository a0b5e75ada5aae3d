using System.Runtime.InteropServices;

namespace OpenData.Warehouse.Engine;

/// <summary>
/// Points where a test may kill the process or make a step fail; silent unless the environment asks.
/// <c>OPENDATA_FAULT=name</c> kills at that point, <c>OPENDATA_FAULT=name=throw</c> raises an <see cref="IOException"/> there, and
/// <c>OPENDATA_FAULT_RANDOM=seed:permille</c> kills at any point with that chance. Killing is SIGKILL: nothing is flushed or closed.
/// </summary>
public static partial class Fault
{
    private const int SigKill = 9;

    private static readonly string? Armed = Environment.GetEnvironmentVariable("OPENDATA_FAULT");
    private static readonly (ulong Seed, int Permille) Dice = ReadDice(Environment.GetEnvironmentVariable("OPENDATA_FAULT_RANDOM"));
    private static readonly AsyncLocal<string?> Throwing = new();
    private static long Rolls;

    /// <summary>Names a point. Costs nothing when no fault is armed.</summary>
    public static void Hit(string point)
    {
        if (Throwing.Value == point || Armed == point + "=throw")
        {
            throw new IOException($"A fault was armed at {point}.");
        }

        if (Armed == point || (Dice.Permille > 0 && Roll(Dice.Seed, Interlocked.Increment(ref Rolls)) < Dice.Permille))
        {
            KillThisProcess();
        }
    }

    /// <summary>Makes a point throw an <see cref="IOException"/> for this flow of execution until disposed.</summary>
    internal static IDisposable ThrowAt(string point)
    {
        Throwing.Value = point;
        return new Disarm();
    }

    /// <summary>Pure: 0 to 999 for the n-th hit of a seed (SplitMix64).</summary>
    internal static int Roll(ulong seed, long n)
    {
        var mixed = unchecked(seed + ((ulong)n * 0x9E3779B97F4A7C15));
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB);
        return (int)((mixed ^ (mixed >> 31)) % 1000);
    }

    internal static (ulong Seed, int Permille) ReadDice(string? setting)
    {
        var parts = (setting ?? "").Split(':');
        return parts.Length == 2
            && ulong.TryParse(parts[0], System.Globalization.CultureInfo.InvariantCulture, out var seed)
            && int.TryParse(parts[1], System.Globalization.CultureInfo.InvariantCulture, out var permille)
                ? (seed, permille)
                : (0UL, 0);
    }

    private static void KillThisProcess()
    {
        if (OperatingSystem.IsWindows())
        {
            System.Diagnostics.Process.GetCurrentProcess().Kill();
        }
        else
        {
            _ = Kill(Environment.ProcessId, SigKill);
        }

        // The signal takes effect at once; nothing after the point may run.
        Thread.CurrentThread.Join(Timeout.Infinite);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    private sealed class Disarm : IDisposable
    {
        public void Dispose() => Throwing.Value = null;
    }
}
