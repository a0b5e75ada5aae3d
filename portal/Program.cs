using OpenData.Portal;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
PortalOptions options;
try
{
    options = PortalOptions.From(builder.Configuration);
}
catch (InvalidOperationException mistake)
{
    await Console.Error.WriteLineAsync("portal: " + mistake.Message);
    return 2;
}

await using var app = PortalHost.Build(builder, options);
await app.RunAsync();
return 0;
