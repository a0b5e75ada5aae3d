namespace OpenData.Warehouse.Accounts;

/// <summary>What a one-time link is for.</summary>
public enum LinkPurpose
{
    /// <summary>The first operator chooses name and password.</summary>
    First,

    /// <summary>An invited person chooses a password.</summary>
    Invitation,

    /// <summary>A person chooses a new password.</summary>
    Reset,
}
