namespace OpenData.Warehouse.Tests.Query.Evaluator;

/// <summary>A piece of a query and what it means for a row. It is never parsed here, so it judges the parser too.</summary>
/// <param name="Kind">Kind of its value.</param>
/// <param name="Text">As it stands in an address.</param>
/// <param name="Of">Its value; <see cref="OverflowException"/> where there is none.</param>
/// <param name="Parts">What it is made of, to blame the smallest.</param>
internal sealed record Term(Kind Kind, string Text, Func<Row, object?> Of, params Term[] Parts)
{
    public int Scale { get; init; }

    public string Zone { get; init; } = "";

    public bool IsWide { get; init; }

    /// <summary>True when it is a null without a type of its own.</summary>
    public bool IsNull { get; init; }

    public override string ToString() => Text;
}
