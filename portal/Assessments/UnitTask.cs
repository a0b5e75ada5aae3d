namespace OpenData.Portal.Assessments;

/// <summary>What a person can do with a unit of a round at this moment.</summary>
public enum UnitTask
{
    /// <summary>Look at it.</summary>
    Read,

    /// <summary>Fill in its form and give it in.</summary>
    Answer,

    /// <summary>Object to what was verified.</summary>
    Appeal,

    /// <summary>Look whether its form is complete, or give it back.</summary>
    Screen,

    /// <summary>Verify its answers, or give the form back.</summary>
    Verify,

    /// <summary>Adjust in the council, and close.</summary>
    Decide,

    /// <summary>Open it to the council again.</summary>
    Reopen,
}
