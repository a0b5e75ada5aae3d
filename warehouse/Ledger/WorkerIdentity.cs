using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace OpenData.Warehouse.Ledger;

/// <summary>The process that does a run: enough to tell later whether it still lives.</summary>
/// <param name="Host">Name of the machine.</param>
/// <param name="ProcessId">Process number on that machine.</param>
/// <param name="ProcessStarted">Start of the process in ticks since boot or era, as text: numbers are reused, starts are not.</param>
public sealed record WorkerIdentity(string Host, long ProcessId, string ProcessStarted)
{
    /// <summary>This process.</summary>
    public static WorkerIdentity Current { get; } = Of(Environment.ProcessId)
        ?? new WorkerIdentity(Environment.MachineName, Environment.ProcessId, "unknown");

    /// <summary>True when it is a process of this machine that still runs; false when it is gone.</summary>
    public bool IsAlive => Of((int)ProcessId) == this;

    /// <summary>True when the process belongs to this machine, so that <see cref="IsAlive"/> means something.</summary>
    public bool IsLocal => string.Equals(Host, Environment.MachineName, StringComparison.Ordinal);

    internal static WorkerIdentity? Of(int processId)
    {
        try
        {
            return LinuxStart(processId) is { } ticks
                ? new WorkerIdentity(Environment.MachineName, processId, ticks)
                : PortableStart(processId);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Process.StartTime on Linux adds the boot time, which follows the wall clock; the kernel's own ticks do not move. A zombie is dead.
    private static string? LinuxStart(int processId)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X" ? throw new InvalidOperationException("The process is dead.") : $"{BootId()}/{fields[19]}";
    }

    private static string BootId() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    private static WorkerIdentity PortableStart(int processId)
    {
        using var process = Process.GetProcessById(processId);
        var started = process.StartTime.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
        return new WorkerIdentity(Environment.MachineName, processId, started);
    }
}
