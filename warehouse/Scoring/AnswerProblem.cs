namespace OpenData.Warehouse.Scoring;

/// <summary>Why an answer cannot be scored.</summary>
public enum AnswerProblem
{
    /// <summary>An input of the formula has no value.</summary>
    InputMissing,

    /// <summary>A count or an amount is below zero.</summary>
    Negative,

    /// <summary>The numerator is greater than the denominator.</summary>
    AboveWhole,

    /// <summary>The level is none of the formula's.</summary>
    UnknownLevel,

    /// <summary>The value is beyond its scale: a yes that is neither 0 nor 1, a survey above its scale, points above the maximum.</summary>
    OutOfScale,
}
