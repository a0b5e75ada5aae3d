using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenData.Ingest.Commands;
using OpenData.Ingest.Runs;

// Log lines go to the error stream, one plain line each; results go to the output stream. LOG_LEVEL is Trace … None.
using var logs = LoggerFactory.Create(builder => builder
    .SetMinimumLevel(Enum.TryParse<LogLevel>(Environment.GetEnvironmentVariable("LOG_LEVEL"), ignoreCase: true, out var level) ? level : LogLevel.Warning)
    .AddFilter("Quartz", LogLevel.Warning)
    .AddProvider(new RunLineProvider())
    .AddFilter<RunLineProvider>(null, LogLevel.Information)
    .AddSimpleConsole(console =>
    {
        console.SingleLine = true;
        console.UseUtcTimestamp = true;
        console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss'Z' ";
        console.ColorBehavior = LoggerColorBehavior.Disabled;
    })
    .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
return await CommandLine.RunAsync(args, () => new CommandContext(
    IngestSettings.From(Environment.GetEnvironmentVariable), Console.Out, Console.Error, !Console.IsOutputRedirected, logs, TimeProvider.System));
