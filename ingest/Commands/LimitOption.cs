using System.CommandLine;

namespace OpenData.Ingest.Commands;

/// <summary><c>--limit</c> of commands that list what may be long.</summary>
internal static class LimitOption
{
    private const int LinesDefault = 30;
    private const int LinesMax = 100_000;

    internal static Option<int> Make()
    {
        var limit = new Option<int>("--limit") { Description = $"At most so many. Default {LinesDefault}.", DefaultValueFactory = _ => LinesDefault };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > LinesMax)
            {
                result.AddError($"--limit is 1 to {LinesMax}.");
            }
        });
        return limit;
    }
}
