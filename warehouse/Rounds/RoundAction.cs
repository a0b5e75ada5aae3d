namespace OpenData.Warehouse.Rounds;

/// <summary>What is done to a unit of a round. The names in lower case stand in the database.</summary>
public enum RoundAction
{
    /// <summary>The unit answers a component.</summary>
    Answer,

    /// <summary>An automatic answer is computed.</summary>
    Compute,

    /// <summary>The unit gives its form in.</summary>
    Submit,

    /// <summary>The form is found complete.</summary>
    Screen,

    /// <summary>The form goes back to the unit, with a reason.</summary>
    Return,

    /// <summary>A verified answer is entered.</summary>
    VerifyAnswer,

    /// <summary>All answers are verified.</summary>
    Verify,

    /// <summary>The unit objects to a verified answer.</summary>
    Appeal,

    /// <summary>The council adjusts an answer, with a reason.</summary>
    Adjust,

    /// <summary>The council closes the unit.</summary>
    Close,

    /// <summary>An answer of a past round is entered, decided as it is.</summary>
    Import,

    /// <summary>The unit becomes part of a publication.</summary>
    Publish,

    /// <summary>A published unit is opened to the council again, with a reason.</summary>
    Reopen,
}
