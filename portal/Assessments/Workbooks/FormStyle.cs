namespace OpenData.Portal.Assessments.Workbooks;

/// <summary>The looks of cells of a form. Cells to be filled in are unlocked and hold text: Excel makes no date of 1/2 and no 0.5 of 50%.</summary>
internal enum FormStyle
{
    /// <summary>Plain, broken into lines.</summary>
    Plain,

    /// <summary>Title.</summary>
    Title,

    /// <summary>Head of a column.</summary>
    Head,

    /// <summary>Name of a main index.</summary>
    Index,

    /// <summary>A cell to be filled in.</summary>
    Field,

    /// <summary>What nobody types.</summary>
    Quiet,
}
