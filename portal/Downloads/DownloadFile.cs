using OpenData.Portal.Serving;

namespace OpenData.Portal.Downloads;

/// <summary>What is being downloaded, whatever its bytes.</summary>
/// <param name="Dataset">The version.</param>
/// <param name="Name">Name offered for saving; made of dataset id, version and ending, so it is plain ASCII.</param>
/// <param name="IsPinned">True when the address names the version: such an answer never changes.</param>
internal sealed record DownloadFile(ServedDataset Dataset, string Name, bool IsPinned);
