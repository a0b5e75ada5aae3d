namespace OpenData.Warehouse.Staging;

/// <summary>Names of the rules by which staging refuses one record; stable, counted in quarantine and shown in public.</summary>
public static class StagingRules
{
    /// <summary>The record has more or fewer fields than the header.</summary>
    public const string Ragged = "ragged";

    /// <summary>A quote inside an unquoted field.</summary>
    public const string StrayQuote = "stray_quote";

    /// <summary>Text after a closing quote.</summary>
    public const string TextAfterQuote = "text_after_quote";

    /// <summary>One line of NDJSON is not JSON.</summary>
    public const string MalformedJson = "malformed_json";

    /// <summary>A JSON record is not an object.</summary>
    public const string NotAnObject = "not_an_object";

    /// <summary>A JSON object names one property twice.</summary>
    public const string DuplicateKey = "duplicate_key";

    /// <summary>A required value is missing.</summary>
    public const string Required = "required";

    /// <summary>The text is no value of the column's type.</summary>
    public const string Type = "type";

    /// <summary>The number does not fit into the column's type.</summary>
    public const string Overflow = "overflow";

    /// <summary>More digits after the point than the column keeps; never rounded.</summary>
    public const string Scale = "scale";

    /// <summary>Less than the column's <c>min</c>.</summary>
    public const string Min = "min";

    /// <summary>More than the column's <c>max</c>.</summary>
    public const string Max = "max";

    /// <summary>None of the column's <c>one_of</c>.</summary>
    public const string OneOf = "one_of";

    /// <summary>The column's <c>matches</c> does not match the whole text.</summary>
    public const string Matches = "matches";

    /// <summary>A control character inside a text or code.</summary>
    public const string ControlCharacter = "control_character";

    /// <summary>A code came as a number, so that leading zeros may be lost already.</summary>
    public const string CodeAsNumber = "code_as_number";

    /// <summary>A local time that the zone's clock shows twice.</summary>
    public const string AmbiguousTime = "ambiguous_time";

    /// <summary>A local time that the zone's clock never shows.</summary>
    public const string MissingTime = "missing_time";

    /// <summary>Coordinates outside longitude -180 to 180 or latitude -90 to 90.</summary>
    public const string Coordinates = "coordinates";

    /// <summary>Latitude before longitude: turned round, the position lies in Vietnam.</summary>
    public const string AxisOrder = "axis_order";

    /// <summary>Coordinates of a projected system (VN-2000 or UTM metres), not degrees.</summary>
    public const string Projected = "projected_coordinates";

    /// <summary>A geometry of another kind than the column's.</summary>
    public const string GeometryKind = "geometry_kind";

    /// <summary>A workbook cell that shows an error such as #DIV/0!.</summary>
    public const string ErrorCell = "error_cell";

    /// <summary>A workbook cell whose formula has no stored result: the program that wrote it does not calculate.</summary>
    public const string FormulaWithoutValue = "formula_without_value";

    /// <summary>A cell longer than the bound.</summary>
    public const string TooLong = "too_long";
}
