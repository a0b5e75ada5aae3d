namespace OpenData.Warehouse.Tests.Query.Evaluator;

/// <summary>A named value of a row: a column, a computed one, the variable of a lambda.</summary>
internal sealed record Field(string Name, Kind Kind)
{
    /// <summary>Digits after the point of a decimal.</summary>
    public int Scale { get; init; }

    /// <summary>The zone of a moment.</summary>
    public string Zone { get; init; } = "";

    /// <summary>True when its digits do not fit a double, or do not leave room for twelve more.</summary>
    public bool IsWide { get; init; }

    /// <summary>True for sums and means of doubles, which may differ in their last digits.</summary>
    public bool IsApproximate { get; init; }

    public Term Term() => new(Kind, Name, row => row[Name]) { Scale = Scale, Zone = Zone, IsWide = IsWide };
}
