namespace OpenData.Warehouse.Query.Expressions;

/// <summary>A row of another table than the one that is queried, as an expression reaches it.</summary>
/// <param name="Relation">The relation that leads to it.</param>
public abstract record Row(Relation Relation)
{
    /// <summary>The related row that a lambda looks at.</summary>
    /// <param name="Number">Tells the variables of nested lambdas apart.</param>
    /// <param name="Relation">The relation that leads to it.</param>
    public sealed record Variable(int Number, Relation Relation) : Row(Relation);

    /// <summary>The one row to which a relation leads, if there is one.</summary>
    /// <param name="Of">Where the relation begins; null for the row that the query looks at.</param>
    /// <param name="Relation">The relation.</param>
    public sealed record Related(Row? Of, Relation Relation) : Row(Relation);
}
