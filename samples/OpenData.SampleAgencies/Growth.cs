namespace OpenData.SampleAgencies;

/// <summary>How many steps the systems have grown: by request, and by the minute when growing is switched on.</summary>
internal sealed class Growth(TimeProvider clock, bool byClock)
{
    private readonly long _started = clock.GetTimestamp();
    private int _asked;

    /// <summary>Steps so far, 0 at first. One step adds 25 cases, closes 10 and adds 5 citizen reports.</summary>
    public int Steps => Volatile.Read(ref _asked) + (byClock ? (int)clock.GetElapsedTime(_started).TotalMinutes : 0);

    /// <summary>Grows by request and returns the steps so far.</summary>
    public int Grow(int steps)
    {
        Interlocked.Add(ref _asked, steps);
        return Steps;
    }

    /// <summary>Back to the steps of the clock alone.</summary>
    public void Reset() => Interlocked.Exchange(ref _asked, 0);
}
