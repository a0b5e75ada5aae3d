namespace OpenData.Catalogs.Reading;

/// <summary>A field that a shape of the catalogue knows.</summary>
/// <param name="Name">Name in YAML.</param>
/// <param name="Required">True when it must be there in every case.</param>
/// <param name="Default">What an absent field means, as YAML; null when an absent field means "none" or depends.</param>
internal sealed record ContractField(string Name, bool Required, string? Default);
