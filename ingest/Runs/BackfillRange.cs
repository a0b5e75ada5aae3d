using System.Globalization;

namespace OpenData.Ingest.Runs;

/// <summary>One window of a backfill.</summary>
/// <param name="Ordinal">Its number, from 1.</param>
/// <param name="FirstDay">Its first day.</param>
/// <param name="LastDay">Its last day.</param>
/// <param name="From">Where it begins: midnight in the zone of the change time.</param>
/// <param name="Until">Where it ends and the next one begins.</param>
internal sealed record BackfillRange(int Ordinal, DateOnly FirstDay, DateOnly LastDay, DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Name of its step, for example <c>window 2024-01-01/2024-01-31</c>.</summary>
    internal string Step => string.Create(CultureInfo.InvariantCulture, $"window {FirstDay:yyyy-MM-dd}/{LastDay:yyyy-MM-dd}");
}
