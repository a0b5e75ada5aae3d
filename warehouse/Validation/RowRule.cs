using OpenData.Catalogs;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Validation;

/// <summary>A rule that is decided row by row, as SQL.</summary>
/// <param name="Name">Stable name counted in quarantine.</param>
/// <param name="Columns">Columns that the rule looks at; their text goes to quarantine.</param>
/// <param name="OnFail">What a failure does.</param>
/// <param name="Fails">Appends a boolean expression, true for an offender, never null.</param>
internal sealed record RowRule(string Name, IReadOnlyList<string> Columns, OnFail OnFail, Action<SqlBuilder> Fails);
