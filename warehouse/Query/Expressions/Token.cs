namespace OpenData.Warehouse.Query.Expressions;

/// <summary>One token.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Position">Zero-based character position in the option's text.</param>
/// <param name="Text">Name, digits, or the text between the quotes with doubled quotes undone.</param>
/// <param name="Prefix">What stood before the quotes of a prefixed literal (<c>duration</c>); else empty.</param>
/// <param name="SpaceBefore">True when white space stands before it.</param>
internal readonly record struct Token(TokenKind Kind, int Position, string Text, string Prefix, bool SpaceBefore);
