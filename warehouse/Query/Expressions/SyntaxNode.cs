namespace OpenData.Warehouse.Query.Expressions;

/// <summary>What was written, with positions; names are not looked up yet.</summary>
/// <param name="Position">Zero-based character position in the option's text.</param>
internal abstract record SyntaxNode(int Position)
{
    /// <summary>Levels of nodes from here down; a leaf has 1.</summary>
    public int Depth { get; init; } = 1;

    internal sealed record Literal(int Position, BoundExpression.Constant Value) : SyntaxNode(Position);

    /// <summary>A name, by itself or behind the relations that lead to it: <c>commune_unit/name</c>.</summary>
    internal sealed record Name(int Position, string Text) : SyntaxNode(Position)
    {
        /// <summary>What stands before the slash; null when nothing does.</summary>
        public Name? Of { get; init; }
    }

    internal sealed record Alias(int Position, string Text) : SyntaxNode(Position);

    internal sealed record Not(int Position, SyntaxNode Operand) : SyntaxNode(Position);

    internal sealed record Negate(int Position, SyntaxNode Operand) : SyntaxNode(Position);

    internal sealed record Logic(int Position, bool All, IReadOnlyList<SyntaxNode> Operands) : SyntaxNode(Position);

    internal sealed record Binary(int Position, OperatorKind Operator, SyntaxNode Left, SyntaxNode Right) : SyntaxNode(Position);

    /// <summary>A list; stands only to the right of <c>in</c>, or as the value of an alias.</summary>
    internal sealed record List(int Position, IReadOnlyList<SyntaxNode> Items) : SyntaxNode(Position);

    internal sealed record Call(int Position, string Function, IReadOnlyList<SyntaxNode> Arguments) : SyntaxNode(Position);

    /// <summary>For lists and relations: <c>list/any(x: …)</c> or <c>list/all(x: …)</c>; <c>list/any()</c> has neither variable nor condition.</summary>
    internal sealed record Lambda(int Position, Name Collection, bool All, string? Variable, SyntaxNode? Condition) : SyntaxNode(Position);

    /// <summary><c>list/$count</c>, of a list or a relation.</summary>
    internal sealed record ListCount(int Position, Name Collection) : SyntaxNode(Position)
    {
        /// <summary>The rows or values that are counted, from <c>$filter</c> in parentheses behind; null when all are.</summary>
        public SyntaxNode? Filter { get; init; }

        /// <summary>The words that counted rows have, from <c>$search</c> there; null when nothing is searched.</summary>
        public (string Text, int Position)? Search { get; init; }
    }

    /// <summary><c>cast(value,Edm.Type)</c>.</summary>
    internal sealed record Cast(int Position, SyntaxNode Value, string Type) : SyntaxNode(Position);

    internal sealed record Case(int Position, IReadOnlyList<(SyntaxNode When, SyntaxNode Then)> Branches) : SyntaxNode(Position);
}
