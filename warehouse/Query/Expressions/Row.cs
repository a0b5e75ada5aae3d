namespace OpenData.Warehouse.Query.Expressions;

/// <summary>A row of another table than the one that is queried, as an expression reaches it.</summary>
public abstract record Row
{
    private Row()
    {
    }

    /// <summary>The relation that leads to it.</summary>
    public abstract Relation Relation { get; }

    /// <summary>The related row that a lambda looks at.</summary>
    /// <param name="Number">Tells the variables of nested lambdas apart.</param>
    /// <param name="Leads">The relation that leads to it.</param>
    public sealed record Variable(int Number, Relation Leads) : Row
    {
        /// <inheritdoc/>
        public override Relation Relation => Leads;
    }

    /// <summary>The one row to which a relation leads, if there is one.</summary>
    /// <param name="Of">Where the relation begins; null for the row that the query looks at.</param>
    /// <param name="Leads">The relation.</param>
    public sealed record Related(Row? Of, Relation Leads) : Row
    {
        /// <inheritdoc/>
        public override Relation Relation => Leads;
    }
}
