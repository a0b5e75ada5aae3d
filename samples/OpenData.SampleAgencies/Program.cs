using System.Text;
using OpenData.SampleAgencies;

if (args is ["units", var folder, var target])
{
    await using var file = File.Create(target);
    await file.WriteAsync(new UTF8Encoding(false).GetBytes(AdministrativeUnits.Join(folder)));
    return;
}

var options = AgencyOptions.Read(args, Environment.GetEnvironmentVariable);
await using var app = SampleServer.Build(options, TimeProvider.System);
await app.StartAsync();
Console.WriteLine($"Sample agencies (all data synthetic): {app.Urls.First()}");
await app.WaitForShutdownAsync();
