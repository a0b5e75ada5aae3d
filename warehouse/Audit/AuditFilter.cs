namespace OpenData.Warehouse.Audit;

/// <summary>Which lines of the audit log are asked for; newest first.</summary>
/// <param name="Limit">At most so many.</param>
public sealed record AuditFilter(int Limit)
{
    /// <summary>Only lines of this actor; null means all.</summary>
    public string? Actor { get; init; }

    /// <summary>Only lines of this action; null means all.</summary>
    public string? Action { get; init; }

    /// <summary>Only lines with smaller numbers; null begins at the newest.</summary>
    public long? Before { get; init; }
}
