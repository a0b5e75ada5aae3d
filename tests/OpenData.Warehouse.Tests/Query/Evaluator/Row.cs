namespace OpenData.Warehouse.Tests.Query.Evaluator;

/// <summary>Values by name, and how many rows lay before it.</summary>
internal sealed class Row(IReadOnlyDictionary<string, object?> values)
{
    public object? this[string name] => values[name];

    public Row With(string name, object? value) => new(new Dictionary<string, object?>(values, StringComparer.Ordinal) { [name] = value });
}
