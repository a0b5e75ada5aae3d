using OpenData.Catalogs.Errors;

namespace OpenData.Portal.OData.Batch;

/// <summary>One request of a batch.</summary>
/// <param name="Id">What the answer is called by: the caller's id, or the position from 1.</param>
/// <param name="Method">Method as written.</param>
/// <param name="Address">Address as written: relative to the service, to the host, or absolute.</param>
/// <param name="Headers">Its own headers.</param>
internal sealed record BatchRequest(string Id, string Method, string Address, IHeaderDictionary Headers)
{
    /// <summary>Ids of earlier requests that must have succeeded.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Why this request cannot be answered, though its neighbours can; null when it can.</summary>
    public OpenDataException? Refusal { get; init; }
}
