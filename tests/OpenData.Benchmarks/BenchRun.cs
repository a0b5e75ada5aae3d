namespace OpenData.Benchmarks;

/// <summary>What all benchmarks of a run share.</summary>
/// <param name="Folder">Folder for their files; what takes long to make is kept in it.</param>
/// <param name="Rows">Rows of the table that is measured.</param>
/// <param name="Rounds">How often ours and the limit are measured in turn.</param>
/// <param name="RoundTime">How long callers ask in one round.</param>
/// <param name="IsGrowthWanted">True when the table of ten times the rows is to be made and measured.</param>
/// <param name="IsWanted">True for names of benchmarks that are to run.</param>
internal sealed record BenchRun(string Folder, long Rows, int Rounds, TimeSpan RoundTime, bool IsGrowthWanted, Func<string, bool> IsWanted);
