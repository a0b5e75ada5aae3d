namespace OpenData.Portal.Tests;

/// <summary>Names the collection whose tests share one portal.</summary>
[CollectionDefinition(Name)]
public sealed class ReadingTests : ICollectionFixture<PortalFixture>
{
    public const string Name = "reading";
}
