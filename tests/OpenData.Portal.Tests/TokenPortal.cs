using OpenData.TestKit;

namespace OpenData.Portal.Tests;

/// <summary>A portal that takes tokens of the tests' provider, whose keys lie in a file.</summary>
public sealed class TokenPortal : IAsyncLifetime, IDisposable
{
    private readonly TestFolder _folder = new();
    private TestTown _town = null!; // Set before the first test.

    /// <summary>The server.</summary>
    public RunningPortal Portal { get; private set; } = null!; // Set before the first test.

    public async Task InitializeAsync()
    {
        _folder.Write("jwks.json", TokenTests.WholeJwks());
        _town = await TestTown.BuildAsync();
        Portal = await RunningPortal.StartAsync(_town, o => o with { Tokens = TokenTests.Options(_folder["jwks.json"]) });
    }

    public async Task DisposeAsync()
    {
        await Portal.DisposeAsync();
        _town.Dispose();
    }

    public void Dispose() => _folder.Dispose();
}
