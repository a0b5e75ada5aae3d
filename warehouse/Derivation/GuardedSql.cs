namespace OpenData.Warehouse.Derivation;

/// <summary>SQL of a contract that <see cref="SqlGuard"/> let pass; only it makes one.</summary>
public sealed record GuardedSql
{
    internal GuardedSql(string text, Lineage lineage, IReadOnlyList<string> tables)
    {
        Text = text;
        Lineage = lineage;
        Tables = tables;
    }

    /// <summary>The SQL as the contract wrote it, without a trailing semicolon.</summary>
    public string Text { get; }

    /// <summary>Output column → the columns it is made of. For a rule: the single output <c>check</c>.</summary>
    public Lineage Lineage { get; }

    /// <summary>Tables that it reads, sorted.</summary>
    public IReadOnlyList<string> Tables { get; }
}
