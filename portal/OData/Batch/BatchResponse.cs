namespace OpenData.Portal.OData.Batch;

/// <summary>The answer to one request of a batch.</summary>
/// <param name="Id">Id of the request.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Headers">Headers without <c>Content-Length</c>.</param>
/// <param name="Body">The whole body; empty when there is none.</param>
internal sealed record BatchResponse(string Id, int Status, IHeaderDictionary Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>True for 2xx and 304.</summary>
    public bool Succeeded => Status is < 300 or StatusCodes.Status304NotModified;
}
