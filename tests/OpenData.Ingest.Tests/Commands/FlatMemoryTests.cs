using System.Globalization;
using OpenData.Ingest.Tests.Runs;
using OpenData.TestKit;

namespace OpenData.Ingest.Tests.Commands;

/// <summary>The memory of a real worker that reads a file, told by the kernel (VmHWM), does not follow the size of the file.</summary>
public sealed class FlatMemoryTests
{
    // The engine takes the 192 MiB that it is given and writers their buffers, which a small file never fills: 336 MiB for 64 MiB, 400 to 427 for 256, 499 to 559 for 1,024.
    // The peak is the count of different values for the profile.
    private const int GrowthMaxMiB = 450;

    [Fact]
    public async Task A_large_file_needs_hardly_more_memory_than_a_small_one()
    {
        var bytes = RunScale.IsSoak ? 1L << 30 : 48L << 20;
        var (small, rows) = await PeakAsync(4 << 20);
        Assert.True(rows > 50_000);
        var (large, many) = await PeakAsync(bytes);
        SoakReport.Line(string.Create(
            CultureInfo.InvariantCulture, $"Promise 19: {many:N0} rows of a CSV file of {bytes >> 20:N0} MiB published in {large:N0} MiB at the most, a file of 4 MiB in {small:N0} MiB"));
        Assert.True(large - small < GrowthMaxMiB, $"{large} MiB for {bytes >> 20} MiB, {small} MiB for 4 MiB");
    }

    /// <summary>Publishes a file of that size; the worker's peak in MiB and the rows of the file.</summary>
    private static async Task<(long MiB, long Rows)> PeakAsync(long bytes)
    {
        using var place = new Workplace();
        var file = place.Write("in/rows.csv", "");
        var rows = 0L;
        await using (var text = new StreamWriter(file))
        {
            await text.WriteAsync("id,name\n");
            for (var written = 0L; written < bytes; rows++)
            {
                // No two alike: equal values would be kept as one.
                var row = string.Create(CultureInfo.InvariantCulture, $"{rows},Hồ sơ số {rows * 7919 % 1_000_003} của xã {rows % 92}\n");
                await text.WriteAsync(row);
                written += row.Length;
            }
        }

        place.Contract("rows", $"{{ kind: csv, path: {file} }}");
        using var worker = IngestProcess.Start(place, null, [("INGEST_MEMORY_MIB", "192")], "run", "rows");
        var (output, error) = (worker.StandardOutput.ReadToEndAsync(), worker.StandardError.ReadToEndAsync());
        var peak = 0L;
        while (!worker.HasExited)
        {
            peak = Math.Max(peak, Peak(worker.Id));
            await Task.Delay(20);
        }

        Assert.True(worker.ExitCode == 0, await output + await error);
        return (peak, rows);
    }

    // The kernel keeps the peak itself, so that no moment is missed between two looks; the last look may find the process gone.
    private static long Peak(int process)
    {
        try
        {
            var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status")).FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Trim(), CultureInfo.InvariantCulture) >> 10;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
