namespace OpenData.Warehouse.Rounds;

/// <summary>In which role somebody changes a round. The names in lower case stand in the database.</summary>
public enum RoundRole
{
    /// <summary>Answers for units of their own.</summary>
    Officer,

    /// <summary>Screens forms and verifies answers.</summary>
    Verifier,

    /// <summary>Decides over appeals and adjusts.</summary>
    Council,

    /// <summary>Opens rounds, enters past ones, publishes.</summary>
    Administrator,
}
