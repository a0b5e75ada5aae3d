namespace OpenData.Warehouse.Quarantine;

/// <summary>A file of quarantine as its name says.</summary>
/// <param name="Dataset">Dataset id.</param>
/// <param name="Run">Run id.</param>
/// <param name="Sha256">Hash of its bytes, lower-case hex.</param>
/// <param name="Path">Absolute path.</param>
public sealed record QuarantineFile(string Dataset, string Run, string Sha256, string Path);
