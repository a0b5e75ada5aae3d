using System.Diagnostics;
using System.Globalization;
using OpenData.TestKit;

namespace OpenData.Ingest.Tests.Commands;

/// <summary>The preload library of <c>iofault.c</c>, compiled for these tests: it makes one I/O call of a child process fail.</summary>
internal static class IoFault
{
    private static readonly string? Compiler = new[] { "/usr/bin/gcc", "/usr/bin/cc" }.FirstOrDefault(File.Exists);

    /// <summary>Why faults cannot be injected here; null when they can.</summary>
    public static string? WhyNot { get; } = !OperatingSystem.IsLinux()
        ? "Faults are injected by LD_PRELOAD, which this system does not have."
        : Compiler is null ? "gcc is not installed; the library that injects I/O faults could not be made." : null;

    /// <summary>Compiles the library into a folder and returns its path.</summary>
    public static async Task<string> CompileAsync(string folder)
    {
        var library = Path.Combine(folder, "iofault.so");
        var source = Repository.File("tests/OpenData.Ingest.Tests/Commands/iofault.c");
        using var compiler = Process.Start(new ProcessStartInfo(Compiler!, ["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", library, source]))!;
        await compiler.WaitForExitAsync();
        Assert.Equal(0, compiler.ExitCode);
        return library;
    }

    /// <summary>What a child must be told so that the n-th call below the folder fails; with 0 it only counts.</summary>
    public static (string Name, string Value)[] At(string library, string folder, int number, string kind, string log) =>
    [
        ("LD_PRELOAD", library),
        ("IOFAULT_PREFIX", folder),
        ("IOFAULT_N", number.ToString(CultureInfo.InvariantCulture)),
        ("IOFAULT_KIND", kind),
        ("IOFAULT_LOG", log),
    ];

    /// <summary>What a child must be told so that its first write to a file with this text in its path never returns.</summary>
    public static (string Name, string Value)[] HangAt(string library, string folder, string file) =>
        [("LD_PRELOAD", library), ("IOFAULT_PREFIX", folder), ("IOFAULT_HANG", file)];

    /// <summary>What a child must be told so that the disk below the folder is full while the flag file exists.</summary>
    public static (string Name, string Value)[] FullWhile(string library, string folder, string flag) =>
        [("LD_PRELOAD", library), ("IOFAULT_PREFIX", folder), ("IOFAULT_FLAG", flag)];
}
