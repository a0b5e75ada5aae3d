using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenData.Warehouse.Accounts;

namespace OpenData.Portal.Access;

/// <summary>Registers this room.</summary>
internal static class AccessServices
{
    private const int Iterations = 210_000;

    /// <summary>Adds accounts, password hashing and the protection of forms.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services, PortalOptions options)
    {
        services.AddSingleton<Desk>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<BearerTokens>();
        services.TryAddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = Iterations);
        services.TryAddSingleton(new StandardOutput(Console.Out));
        services.AddHostedService<FirstOperator>();
        services.AddAntiforgery(forms =>
        {
            forms.FormFieldName = "form_token";
            forms.Cookie.Name = "od_form";
            forms.Cookie.SameSite = SameSiteMode.Strict;
            forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;

            // RequestGuards says DENY.
            forms.SuppressXFrameOptionsHeader = true;
        });

        // The keys of forms outlive a restart and are the same for several portals over one folder.
        services.AddDataProtection().SetApplicationName("OpenData.Portal");
        services.AddOptions<KeyManagementOptions>().Configure<ILoggerFactory>((keys, logs) =>
            keys.XmlRepository = new FileSystemXmlRepository(KeyFolder(options), logs));
        return services;
    }

    private static DirectoryInfo KeyFolder(PortalOptions options)
    {
        var path = Path.Combine(options.DataFolder, "state", "keys");
        return OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path)
            : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
