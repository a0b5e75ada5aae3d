namespace OpenData.Portal.Assessments.Workbooks;

/// <summary>The columns of a form as a workbook, in order.</summary>
internal enum FormColumn
{
    /// <summary>Code of the component.</summary>
    Code,

    /// <summary>Its name.</summary>
    Name,

    /// <summary>What the row asks.</summary>
    Asked,

    /// <summary>The answer: to be filled in.</summary>
    Value,

    /// <summary>Unit of measure.</summary>
    Unit,

    /// <summary>A cross where the component does not apply: to be filled in.</summary>
    NotApplicable,

    /// <summary>What the unit says to its answer: to be filled in.</summary>
    Explanation,

    /// <summary>Points at the most.</summary>
    Maximum,

    /// <summary>What earns how many points.</summary>
    Formula,

    /// <summary>Component and input, hidden: rows are found by it wherever somebody moved them.</summary>
    Key,

    /// <summary>Sequence of the newest entry when the form was made, hidden.</summary>
    Seen,
}
