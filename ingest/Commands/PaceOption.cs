using System.CommandLine;
using OpenData.Warehouse.Integrity;

namespace OpenData.Ingest.Commands;

/// <summary>The option <c>--mib-per-second</c> of commands that read everything.</summary>
internal static class PaceOption
{
    private const long Mebibyte = 1024 * 1024;

    internal static Option<int?> Make()
    {
        var option = new Option<int?>("--mib-per-second") { Description = "Read at most so many MiB a second. Default: as fast as the disk gives." };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
            {
                result.AddError("--mib-per-second is at least 1.");
            }
        });
        return option;
    }

    internal static ReadingPace Of(int? mebibytes, TimeProvider clock) => new(mebibytes * Mebibyte, clock);
}
