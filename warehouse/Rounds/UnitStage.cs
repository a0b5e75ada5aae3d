namespace OpenData.Warehouse.Rounds;

/// <summary>How far the work on one unit of a round is. The names in lower case stand in the database.</summary>
public enum UnitStage
{
    /// <summary>The unit fills its form.</summary>
    Draft,

    /// <summary>The unit gave its form in.</summary>
    Submitted,

    /// <summary>The form is complete; its answers are being verified.</summary>
    Screened,

    /// <summary>The unit has its form back, with a reason.</summary>
    Returned,

    /// <summary>The answers are verified; the unit may appeal.</summary>
    Verified,

    /// <summary>The council has closed it; it can be published.</summary>
    Council,

    /// <summary>It is part of a publication.</summary>
    Published,
}
