namespace OpenData.Catalogs.Frameworks;

/// <summary>Level of government that a framework assesses.</summary>
public enum UnitLevel
{
    /// <summary>The country as a whole.</summary>
    Nation,

    /// <summary>Ministries and bodies of that rank.</summary>
    Ministry,

    /// <summary>Provinces and centrally run cities.</summary>
    Province,

    /// <summary>Departments and offices of a province.</summary>
    Department,

    /// <summary>Districts; they ended on 30 June 2025.</summary>
    District,

    /// <summary>Communes, wards and special zones.</summary>
    Commune,
}
