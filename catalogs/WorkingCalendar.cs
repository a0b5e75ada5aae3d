namespace OpenData.Catalogs;

/// <summary>The working days of state agencies: Monday to Friday without holidays, and the Saturdays and Sundays worked in place of other days. Immutable.</summary>
public sealed class WorkingCalendar
{
    private readonly Dictionary<DateOnly, bool> _daysOff = [];
    private readonly Dictionary<DateOnly, bool> _makeUpDays = [];
    private readonly HashSet<int> _years = [];

    /// <summary>Makes a calendar.</summary>
    /// <param name="years">The years of holidays.yaml; a day is named once.</param>
    public WorkingCalendar(IReadOnlyList<HolidayYear> years)
    {
        Years = years;
        foreach (var year in years)
        {
            _years.Add(year.Year);
            foreach (var holiday in year.Holidays)
            {
                for (var day = holiday.From; day <= holiday.To; day = day.AddDays(1))
                {
                    _daysOff[day] = holiday.IsOfficial;
                }
            }

            foreach (var makeUp in year.MakeUpDays)
            {
                _makeUpDays[makeUp.Day] = makeUp.IsOfficial;
            }
        }
    }

    /// <summary>No year is known: Saturdays and Sundays are the only days off.</summary>
    public static WorkingCalendar Empty { get; } = new([]);

    /// <summary>The years known, in file order.</summary>
    public IReadOnlyList<HolidayYear> Years { get; }

    /// <summary>True when the holidays of the year are in the data.</summary>
    public bool Knows(int year) => _years.Contains(year);

    /// <summary>True when agencies work on the day.</summary>
    public bool IsWorkingDay(DateOnly day)
        => _makeUpDays.ContainsKey(day) || (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !_daysOff.ContainsKey(day));

    /// <summary>
    /// The instant at which so many whole working days after the day of <paramref name="from"/> are over: midnight of the zone after the
    /// last of them. The day of <paramref name="from"/> itself does not count.
    /// </summary>
    /// <param name="from">Start, for example when a source was read.</param>
    /// <param name="workingDays">Whole working days, at least 1.</param>
    /// <param name="zone">The zone whose days are counted.</param>
    public WorkingDeadline After(DateTimeOffset from, int workingDays, TimeZoneInfo zone)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, zone).DateTime);
        var certainty = CalendarCertainty.Official;
        for (var left = workingDays; left > 0;)
        {
            day = day.AddDays(1);
            certainty = Worse(certainty, CertaintyOf(day));
            left -= IsWorkingDay(day) ? 1 : 0;
        }

        return new WorkingDeadline(Midnight(day.AddDays(1), zone), certainty);
    }

    private CalendarCertainty CertaintyOf(DateOnly day)
    {
        if (!Knows(day.Year))
        {
            return CalendarCertainty.YearMissing;
        }

        var decided = _daysOff.GetValueOrDefault(day, defaultValue: true) && _makeUpDays.GetValueOrDefault(day, defaultValue: true);
        return decided ? CalendarCertainty.Official : CalendarCertainty.Expected;
    }

    private static CalendarCertainty Worse(CalendarCertainty one, CalendarCertainty other) => one > other ? one : other;

    // Some zones begin summer time at midnight, so that the day begins an hour later.
    private static DateTimeOffset Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(30);
        }

        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
