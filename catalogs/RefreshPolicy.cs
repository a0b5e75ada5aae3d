namespace OpenData.Catalogs;

/// <summary>When a dataset is read, and by when it is due.</summary>
/// <param name="Cron">Quartz cron expression with seconds; null for datasets that run when a parent publishes.</param>
/// <param name="TimeZone">IANA zone of the cron expression.</param>
/// <param name="DueWithin">A version older than this is late; null means never late.</param>
/// <param name="Misfire"><c>run_once</c> (one late run) or <c>skip</c>.</param>
public sealed record RefreshPolicy(string? Cron, string TimeZone, TimeSpan? DueWithin, string Misfire);
