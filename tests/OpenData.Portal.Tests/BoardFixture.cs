namespace OpenData.Portal.Tests;

/// <summary>One portal over the town of rounds, shared by all tests that only read.</summary>
public sealed class BoardFixture : IAsyncLifetime
{
    /// <summary>The data.</summary>
    public TestTown Town { get; private set; } = null!; // Set before the first test.

    /// <summary>The server.</summary>
    public RunningPortal Portal { get; private set; } = null!; // Set before the first test.

    public async Task InitializeAsync()
    {
        Town = await ScoreTown.BuildAsync();
        Portal = await RunningPortal.StartAsync(Town);
    }

    public async Task DisposeAsync()
    {
        await Portal.DisposeAsync();
        Town.Dispose();
    }
}
