namespace OpenData.Ingest.Tests.Runs;

/// <summary>The system's clock, told to be later; timers run in real time.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
}
