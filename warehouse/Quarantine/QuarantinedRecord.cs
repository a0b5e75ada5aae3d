namespace OpenData.Warehouse.Quarantine;

/// <summary>One refused record.</summary>
/// <param name="Row">Its number in the input, from 1.</param>
/// <param name="ByteOffset">Where it begins in the decoded input; null when a rule over rows refused it.</param>
/// <param name="Column">The column at fault; null when it is the record as a whole.</param>
/// <param name="Rule">The rule that it breaks.</param>
/// <param name="Text">The offending text, shortened; null when there is none or it may hold personal data.</param>
public sealed record QuarantinedRecord(long Row, long? ByteOffset, string? Column, string Rule, string? Text);
