using System.Globalization;

namespace OpenData.Warehouse.Query;

/// <summary>SQL with <c>$1</c>, <c>$2</c> … placeholders, and the values for them. Only <see cref="SqlBuilder"/> makes one.</summary>
public sealed record SqlText
{
    internal SqlText(string text, IReadOnlyList<object?> values)
    {
        Text = text;
        Values = values;
    }

    /// <summary>The statement; no user value ever stands in it.</summary>
    public string Text { get; }

    /// <summary>Values by position; the first belongs to <c>$1</c>.</summary>
    public IReadOnlyList<object?> Values { get; }

    /// <summary>
    /// Statement and values as one text: equal for equal questions to one version, however the caller spelled them, and for no others.
    /// </summary>
    public string Identity => string.Join('\u001f', [Text, .. Values.Select(v => string.Create(CultureInfo.InvariantCulture, $"{v?.GetType().Name}:{v}"))]);
}
