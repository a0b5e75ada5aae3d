using OpenData.Catalogs;
using OpenData.Warehouse.Landing;

namespace OpenData.Warehouse.Staging;

/// <summary>
/// Receipt of a staging: typed rows in a private DuckDB file. Table <c>staged</c>: the public columns with their physical types, and
/// <c>_row</c>, the record's number in the input from 1. Table <c>quarantine</c>: one row a refused record. Only staging and derivation make one.
/// </summary>
public sealed record StagedTable
{
    internal StagedTable(DatasetContract contract, string databaseFile, IReadOnlyList<LandedFile> files)
    {
        Contract = contract;
        DatabaseFile = databaseFile;
        Files = files;
    }

    /// <summary>The contract that the input was read by.</summary>
    public DatasetContract Contract { get; }

    /// <summary>Absolute path of the private DuckDB file; closed.</summary>
    public string DatabaseFile { get; }

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

    /// <summary>Name of the table with the good rows.</summary>
    public const string TableName = "staged";

    /// <summary>Name of the table with the refused records.</summary>
    public const string QuarantineName = "quarantine";
}
