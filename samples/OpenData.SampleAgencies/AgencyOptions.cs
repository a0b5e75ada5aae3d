namespace OpenData.SampleAgencies;

/// <summary>Settings of the sample agencies, from the environment; <c>--port N</c> wins over <c>AGENCIES_PORT</c>.</summary>
internal sealed record AgencyOptions
{
    /// <summary>The documented demo token: it protects nothing real.</summary>
    public const string DemoToken = "demo-agency-token";

    /// <summary>TCP port on 127.0.0.1; 0 takes a free one. <c>AGENCIES_PORT</c>, default 5090.</summary>
    public int Port { get; init; } = 5090;

    /// <summary>Bearer token of the REST systems and the control endpoints. <c>AGENCIES_TOKEN</c>.</summary>
    public string Token { get; init; } = DemoToken;

    /// <summary>Seed of everything made up. <c>AGENCIES_SEED</c>, default 20251001.</summary>
    public long Seed { get; init; } = 20251001;

    /// <summary>True when the systems gain one step of records a minute. <c>AGENCIES_GROW=1</c>, default off.</summary>
    public bool Grow { get; init; }

    /// <summary>Reads the settings; a number that is none is an error, not a default.</summary>
    /// <exception cref="FormatException">Port or seed is not a whole number.</exception>
    public static AgencyOptions Read(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        var options = new AgencyOptions();
        if (environment("AGENCIES_PORT") is { Length: > 0 } port)
        {
            options = options with { Port = ParsePort(port, "AGENCIES_PORT") };
        }

        if (environment("AGENCIES_TOKEN") is { Length: > 0 } token)
        {
            options = options with { Token = token };
        }

        if (environment("AGENCIES_SEED") is { Length: > 0 } seed)
        {
            options = options with
            {
                Seed = long.TryParse(seed, System.Globalization.CultureInfo.InvariantCulture, out var number)
                    ? number
                    : throw new FormatException($"AGENCIES_SEED is '{seed}', not a whole number."),
            };
        }

        for (var i = 0; i + 1 < args.Count; i++)
        {
            if (args[i] == "--port")
            {
                options = options with { Port = ParsePort(args[i + 1], "--port") };
            }
        }

        return options with { Grow = environment("AGENCIES_GROW") == "1" };
    }

    private static int ParsePort(string text, string name)
        => ushort.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var port)
            ? port
            : throw new FormatException($"{name} is '{text}', not a port (0 to 65535).");
}
