namespace OpenData.Catalogs;

/// <summary>One year of holidays.yaml.</summary>
/// <param name="Year">The year.</param>
/// <param name="Holidays">Days off beside Saturdays and Sundays.</param>
/// <param name="MakeUpDays">Saturdays and Sundays that are worked.</param>
public sealed record HolidayYear(int Year, IReadOnlyList<Holiday> Holidays, IReadOnlyList<MakeUpDay> MakeUpDays);
