using OpenData.Catalogs.Errors;

namespace OpenData.Portal.OData.Batch;

/// <summary>How a batch is written: as JSON or as multipart.</summary>
internal interface IBatchForm
{
    /// <summary>Content type of the answer.</summary>
    string ContentType { get; }

    /// <summary>Reads all requests; a request that is wrong by itself carries its refusal.</summary>
    /// <exception cref="OpenDataException">OD9036: the batch as a whole cannot be read.</exception>
    Task<IReadOnlyList<BatchRequest>> ReadAsync(HttpRequest batch);

    /// <summary>What stands before the first answer.</summary>
    ReadOnlyMemory<byte> Begin();

    /// <summary>An answer.</summary>
    ReadOnlyMemory<byte> Part(BatchResponse response);

    /// <summary>What stands behind the last answer.</summary>
    ReadOnlyMemory<byte> End();
}
