namespace OpenData.Catalogs;

/// <summary>The end of a term counted in working days.</summary>
/// <param name="At">The instant (UTC).</param>
/// <param name="Certainty">How well the days on the way are known.</param>
public sealed record WorkingDeadline(DateTimeOffset At, CalendarCertainty Certainty);
