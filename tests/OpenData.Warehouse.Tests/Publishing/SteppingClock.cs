namespace OpenData.Warehouse.Tests.Publishing;

/// <summary>A clock that a test moves; each reading is one second after the last.</summary>
internal sealed class SteppingClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 2, 30, 15, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        Now = Now.AddSeconds(1);
        return Now;
    }
}
