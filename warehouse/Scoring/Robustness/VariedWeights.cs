namespace OpenData.Warehouse.Scoring.Robustness;

/// <summary>Which weights a draw varies.</summary>
public enum VariedWeights
{
    /// <summary>Each component by itself.</summary>
    Component,

    /// <summary>Each main index as a whole; components keep their parts of it.</summary>
    MainIndex,
}
