using OpenData.Catalogs;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Landing;

namespace OpenData.Warehouse.Staging;

/// <summary>
/// Receipt of a staging: typed rows in a private engine, which lives until this is disposed or its rows are published. Table <c>staged</c>: the
/// public columns with their physical types, and <c>_row</c>, the record's number in the input from 1. Table <c>quarantine</c>: one row a
/// refused record. Only staging and derivation make one.
/// </summary>
public sealed record StagedTable : IDisposable
{
    internal StagedTable(DatasetContract contract, DuckDbEngine engine, string runFolder, IReadOnlyList<LandedFile> files)
    {
        Contract = contract;
        Engine = engine;
        RunFolder = runFolder;
        Files = files;
    }

    /// <summary>The contract that the input was read by.</summary>
    public DatasetContract Contract { get; }

    /// <summary>The private engine. Whoever attaches files to it detaches them: one file cannot be attached under two names.</summary>
    internal DuckDbEngine Engine { get; }

    /// <summary>Absolute path of <c>work/&lt;runId&gt;</c>.</summary>
    public string RunFolder { get; }

    /// <summary>The input.</summary>
    public IReadOnlyList<LandedFile> Files { get; }

    /// <summary>Records received, refused ones included.</summary>
    public required long Received { get; init; }

    /// <summary>Records refused: rows of <c>quarantine</c>.</summary>
    public required long Quarantined { get; init; }

    /// <summary>Records by the independent counter; equal to <see cref="Received"/>, else there is no receipt.</summary>
    public required long Counted { get; init; }

    /// <summary>Rows of <c>staged</c>.</summary>
    public long Rows => Received - Quarantined;

    /// <summary>Source columns that the contract does not know (drift <c>propose</c>); empty for datasets with personal columns.</summary>
    public IReadOnlyList<string> NewColumns { get; init; } = [];

    /// <summary>Public columns that the input lacks (drift <c>null</c>).</summary>
    public IReadOnlyList<string> MissingColumns { get; init; } = [];

    /// <summary>Closes the engine; the rows are gone.</summary>
    public void Dispose() => Engine.Dispose();

    /// <summary>Name of the table with the good rows.</summary>
    public const string TableName = "staged";

    /// <summary>Name of the table with the refused records.</summary>
    public const string QuarantineName = "quarantine";
}
