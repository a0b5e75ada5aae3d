namespace OpenData.Catalogs;

/// <summary>How well the working days of a stretch of time are known, from best to worst.</summary>
public enum CalendarCertainty
{
    /// <summary>Every holiday in it is decided.</summary>
    Official,

    /// <summary>Some holiday in it is expected from the law and not yet decided.</summary>
    Expected,

    /// <summary>A year in it is not in holidays.yaml: only Saturdays and Sundays are known as days off.</summary>
    YearMissing,
}
