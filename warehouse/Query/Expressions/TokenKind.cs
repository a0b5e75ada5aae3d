namespace OpenData.Warehouse.Query.Expressions;

/// <summary>Kinds of tokens of the expression language.</summary>
internal enum TokenKind
{
    End,
    Name,
    Alias,
    Number,
    Text,
    JsonText,
    Date,
    DateTimeOffset,
    TimeOfDay,
    Guid,
    Prefixed,
    Open,
    Close,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    CloseBrace,
    Comma,
    Colon,
    Semicolon,
    Slash,
    Minus,
    Star,
    Equals,
}
