namespace OpenData.Portal.Tests;

/// <summary>One portal over the ordinary town, shared by all tests that only read.</summary>
public sealed class PortalFixture : IAsyncLifetime
{
    /// <summary>The data.</summary>
    public TestTown Town { get; private set; } = null!; // Set before the first test.

    /// <summary>The server.</summary>
    public RunningPortal Portal { get; private set; } = null!; // Set before the first test.

    /// <summary>The server's client.</summary>
    public HttpClient Client => Portal.Client;

    public async Task InitializeAsync()
    {
        Town = await TestTown.BuildAsync();
        Portal = await RunningPortal.StartAsync(Town);
    }

    public async Task DisposeAsync()
    {
        await Portal.DisposeAsync();
        Town.Dispose();
    }
}
