namespace OpenData.Catalogs;

/// <summary>A second person lets each version of the dataset out.</summary>
/// <param name="EarliestAt">No version is published before; null means that approval alone decides.</param>
/// <param name="KeepRejected">How long the files of a version that was turned down are kept.</param>
public sealed record ApprovalPolicy(DateTimeOffset? EarliestAt, TimeSpan KeepRejected)
{
    /// <summary>How long they are kept where no contract says.</summary>
    public static readonly TimeSpan KeepRejectedUsually = TimeSpan.FromDays(30);
}
