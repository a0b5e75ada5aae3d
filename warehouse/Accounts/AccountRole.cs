namespace OpenData.Warehouse.Accounts;

/// <summary>What a person may do. The names in snake case stand in the database; members are added, never renamed.</summary>
public enum AccountRole
{
    /// <summary>Runs the platform: runs, quarantine, schedules, pins, people.</summary>
    Operator,

    /// <summary>Lets waiting versions go out.</summary>
    Approver,

    /// <summary>Answers for the units that the account names, and for no other.</summary>
    UnitOfficer,

    /// <summary>Screens and verifies the answers of units that are not the own.</summary>
    Verifier,

    /// <summary>Sits in the council: adjusts verified scores, with a reason.</summary>
    Council,

    /// <summary>Opens rounds, assigns, publishes scores.</summary>
    ScoringAdministrator,
}
