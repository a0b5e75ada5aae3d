namespace OpenData.Portal.Api;

/// <summary>Describes a query parameter in the OpenAPI document; handlers read and check the value themselves, with our own error code.</summary>
/// <param name="Name">As in the address.</param>
/// <param name="Description">What it does and what it takes.</param>
/// <param name="Example">A value that works.</param>
internal sealed record QueryParameter(string Name, string Description, string Example)
{
    /// <summary>True when the value is a whole number.</summary>
    public bool IsNumber { get; init; }
}
