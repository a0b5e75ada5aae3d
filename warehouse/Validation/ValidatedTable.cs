using OpenData.Catalogs;
using OpenData.Warehouse.Staging;

namespace OpenData.Warehouse.Validation;

/// <summary>Proof that validation ran: the stage database with the relation <c>good</c>. Only <see cref="Validator"/> makes one.</summary>
public sealed class ValidatedTable
{
    internal ValidatedTable(StagedTable staged, DatasetContract contract, ValidationReport report)
    {
        Staged = staged;
        Contract = contract;
        Report = report;
    }

    /// <summary>Name of the relation with the rows to publish: public columns, <c>_row</c>, and <c>_key</c> for <c>key: row</c>.</summary>
    public const string GoodRelation = "good";

    /// <summary>What staging handed over.</summary>
    public StagedTable Staged { get; }

    /// <summary>The contract by which the rows were checked.</summary>
    public DatasetContract Contract { get; }

    /// <summary>What was found.</summary>
    public ValidationReport Report { get; }
}
