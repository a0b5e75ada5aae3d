using Microsoft.Extensions.Logging.Console;
using OpenData.Portal;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });

// Log lines go to the error stream; the standard output is for what the portal tells whoever started it.
builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
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
