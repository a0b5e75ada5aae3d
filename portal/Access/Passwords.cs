using Microsoft.AspNetCore.Identity;
using OpenData.Warehouse.Accounts;

namespace OpenData.Portal.Access;

/// <summary>Hashes and checks passwords with the framework's hasher. A name that nobody has costs the same as a wrong password.</summary>
internal sealed class Passwords : IDisposable
{
    private static readonly Account Nobody = new("", [], false, DateTimeOffset.UnixEpoch, null, null);

    private readonly IPasswordHasher<Account> _hasher;
    private readonly Lazy<string> _unmatched;

    // Hashing is slow by purpose; it must not take every core from readers.
    private readonly SemaphoreSlim _gate = new(Math.Max(1, Environment.ProcessorCount / 2));

    public Passwords(IPasswordHasher<Account> hasher)
    {
        _hasher = hasher;
        _unmatched = new Lazy<string>(() => hasher.HashPassword(Nobody, "nobody has this account"));
    }

    /// <summary>The hash that is stored.</summary>
    public Task<string> HashAsync(string password, CancellationToken token)
        => InTurnAsync(() => _hasher.HashPassword(Nobody, PasswordRules.Normal(password)), token);

    /// <summary>Whether it is the password of that hash; of no hash, after the same work, no password is.</summary>
    public Task<PasswordVerificationResult> CheckAsync(string? hash, string password, CancellationToken token)
        => InTurnAsync(
            () =>
            {
                var result = _hasher.VerifyHashedPassword(Nobody, hash ?? _unmatched.Value, PasswordRules.Normal(password));
                return hash is null ? PasswordVerificationResult.Failed : result;
            },
            token);

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken token)
    {
        await _gate.WaitAsync(token);
        try
        {
            return await Task.Run(work, token);
        }
        finally
        {
            _gate.Release();
        }
    }
}
