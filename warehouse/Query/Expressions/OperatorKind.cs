namespace OpenData.Warehouse.Query.Expressions;

/// <summary>The infix operators of OData 4.01.</summary>
public enum OperatorKind
{
    /// <summary><c>or</c>.</summary>
    Or,

    /// <summary><c>and</c>.</summary>
    And,

    /// <summary><c>eq</c>: null equals null.</summary>
    Equal,

    /// <summary><c>ne</c>: null differs from every value.</summary>
    NotEqual,

    /// <summary><c>gt</c>.</summary>
    Greater,

    /// <summary><c>ge</c>.</summary>
    GreaterOrEqual,

    /// <summary><c>lt</c>.</summary>
    Less,

    /// <summary><c>le</c>.</summary>
    LessOrEqual,

    /// <summary><c>in</c>.</summary>
    In,

    /// <summary><c>has</c>.</summary>
    Has,

    /// <summary><c>add</c>.</summary>
    Add,

    /// <summary><c>sub</c>.</summary>
    Subtract,

    /// <summary><c>mul</c>.</summary>
    Multiply,

    /// <summary><c>div</c>: whole for whole numbers.</summary>
    Divide,

    /// <summary><c>divby</c>: never whole.</summary>
    DivideExactly,

    /// <summary><c>mod</c>: the sign of the left operand.</summary>
    Modulo,
}
