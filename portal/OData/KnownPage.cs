using OpenData.Portal.Serving;

namespace OpenData.Portal.OData;

/// <summary>The answer to a request that was read before.</summary>
/// <param name="Dataset">Its version, as it was served then.</param>
/// <param name="Head">Its headers.</param>
/// <param name="BodyKey">Where its body is kept, if it is.</param>
internal sealed record KnownPage(ServedDataset Dataset, AnswerHead Head, string BodyKey);
