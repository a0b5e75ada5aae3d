namespace OpenData.Warehouse.Accounts;

/// <summary>What a person may do. The names in lower case stand in the database; members are added, never renamed.</summary>
public enum AccountRole
{
    /// <summary>Runs the platform: runs, quarantine, schedules, pins, people.</summary>
    Operator,

    /// <summary>Lets waiting versions go out.</summary>
    Approver,
}
