namespace OpenData.Catalogs;

/// <summary>One checkable rule of a contract; a closed set.</summary>
/// <param name="OnFail">What a failure does.</param>
public abstract record Expectation(OnFail OnFail)
{
    /// <summary>Stable name of the rule as counted in quarantine and shown on the quality page, for example <c>unique(case_id)</c>.</summary>
    public abstract string Name { get; }
}

/// <summary>No two rows agree in these columns; later rows fail.</summary>
public sealed record UniqueExpectation(IReadOnlyList<string> Columns, OnFail OnFail) : Expectation(OnFail)
{
    /// <inheritdoc/>
    public override string Name => $"unique({string.Join(",", Columns)})";
}

/// <summary>A boolean SQL expression over the row that must not be false.</summary>
/// <param name="Check">One expression, checked against the allow-list.</param>
/// <param name="Label">Short stable label; null means the expression itself.</param>
/// <param name="OnFail">What a failure does.</param>
public sealed record SqlExpectation(string Check, string? Label, OnFail OnFail) : Expectation(OnFail)
{
    /// <inheritdoc/>
    public override string Name => Label ?? $"sql({Check})";
}

/// <summary>The column's value, when there is one, exists in another dataset.</summary>
public sealed record ExistsInExpectation(string Column, string Dataset, string Match, OnFail OnFail) : Expectation(OnFail)
{
    /// <inheritdoc/>
    public override string Name => $"exists_in({Column},{Dataset}.{Match})";
}

/// <summary>Bounds of the number of rows; <paramref name="ShrinkMax"/> is a share (0 to 1) of the last version.</summary>
public sealed record RowCountExpectation(long? Min, long? Max, double? ShrinkMax, OnFail OnFail) : Expectation(OnFail)
{
    /// <inheritdoc/>
    public override string Name => "row_count";
}

/// <summary>Greatest share (0 to 1) of received records that may go to quarantine.</summary>
public sealed record QuarantineShareExpectation(double Max, OnFail OnFail) : Expectation(OnFail)
{
    /// <inheritdoc/>
    public override string Name => "quarantine_share";
}
