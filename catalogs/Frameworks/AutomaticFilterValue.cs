using OpenData.Catalogs.Reading;

namespace OpenData.Catalogs.Frameworks;

/// <summary>Pure: the values of conditions, typed by the contract, so that they are bound and never become SQL.</summary>
public static class AutomaticFilterValue
{
    /// <summary>True for types of columns that conditions compare.</summary>
    public static bool Takes(ColumnKind kind)
        => kind is ColumnKind.Code or ColumnKind.Text or ColumnKind.Integer or ColumnKind.Decimal or ColumnKind.Boolean or ColumnKind.Date;

    /// <summary>The value as <c>string</c>, <c>long</c>, <c>decimal</c>, <c>bool</c> or <see cref="DateOnly"/>; null when the text is none of the type.</summary>
    public static object? Of(string text, ColumnType type) => type.Kind switch
    {
        ColumnKind.Code or ColumnKind.Text => text,
        ColumnKind.Boolean => text switch
        {
            "true" => true,
            "false" => false,
            _ => null,
        },
        ColumnKind.Integer or ColumnKind.Decimal or ColumnKind.Date => TypedText.Parse(text, type),
        _ => null,
    };
}
