using OpenData.Catalogs.Errors;

namespace OpenData.Catalogs.Reading;

/// <summary>holidays.yaml → working calendar. A year with a mistake is left out, and counts as a year without data; the others stay.</summary>
internal static class HolidaysParser
{
    public static WorkingCalendar Read(string text, ProblemList problems)
    {
        if (YamlTree.Parse(text, problems) is not { } map)
        {
            return WorkingCalendar.Empty;
        }

        var years = new List<HolidayYear>();
        var known = new HashSet<long>();
        foreach (var fields in Maps(new Fields(map, "holidays", "holidays.yaml", problems), "years", "holiday_year", "a year", problems))
        {
            var own = new ProblemList(problems.File);
            var year = new Fields(fields, "holiday_year", "a year", own);
            var number = year.Whole("year", 1945, 2200);
            if (number is { } again && !known.Add(again))
            {
                year.Report(CatalogErrors.Duplicate, "year", $"the year {again} stands twice");
            }

            if (number is { } good && ReadYear((int)good, year, own) is var read && own.IsEmpty)
            {
                years.Add(read);
            }

            problems.AddAll(own);
        }

        return new WorkingCalendar(years);
    }

    private static HolidayYear ReadYear(int number, Fields year, ProblemList problems)
    {
        var taken = new HashSet<DateOnly>();
        var holidays = Entries(year, "holidays", "holiday", "a holiday", problems).Select(f => ReadHoliday(number, f, taken)).OfType<Holiday>().ToList();
        var makeUps = Entries(year, "make_up_days", "make_up_day", "a make-up day", problems).Select(f => ReadMakeUp(number, f, taken)).OfType<MakeUpDay>().ToList();
        return new HolidayYear(number, holidays, makeUps);
    }

    private static Holiday? ReadHoliday(int year, Fields fields, HashSet<DateOnly> taken)
    {
        var (name, basis, status) = (fields.Local("name", 120), fields.Text("basis"), fields.Word("status", ContractWords.HolidayStates, null));
        if (fields.Day("from") is not { } from)
        {
            return null;
        }

        var to = fields.Day("to") ?? from;
        if (to < from || to.DayNumber - from.DayNumber > 31)
        {
            fields.Bad("to", "`to` is before `from`, or more than a month after it");
            return null;
        }

        for (var day = from; day <= to; day = day.AddDays(1))
        {
            Take(year, day, "from", fields, taken);
        }

        return name is null || basis is null || status is null ? null : new Holiday(from, to, name, basis, status == "official");
    }

    private static MakeUpDay? ReadMakeUp(int year, Fields fields, HashSet<DateOnly> taken)
    {
        var (basis, status) = (fields.Text("basis"), fields.Word("status", ContractWords.HolidayStates, null));
        if (fields.Day("day") is not { } day)
        {
            return null;
        }

        Take(year, day, "day", fields, taken);
        if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
        {
            fields.Bad("day", $"{day:yyyy-MM-dd} is no Saturday or Sunday, so it is worked anyway");
        }

        return basis is null || status is null ? null : new MakeUpDay(day, basis, status == "official");
    }

    private static void Take(int year, DateOnly day, string field, Fields fields, HashSet<DateOnly> taken)
    {
        if (day.Year != year)
        {
            fields.Bad(field, $"{day:yyyy-MM-dd} is not in {year}; a stretch over the turn of the year is written in two");
        }
        else if (!taken.Add(day))
        {
            fields.Report(CatalogErrors.Duplicate, field, $"{day:yyyy-MM-dd} is named twice");
        }
    }

    private static IEnumerable<Fields> Entries(Fields parent, string field, string shape, string place, ProblemList problems)
        => Maps(parent, field, shape, place, problems).Select(map => new Fields(map, shape, place, problems));

    private static IEnumerable<YamlValue.Map> Maps(Fields parent, string field, string shape, string place, ProblemList problems)
    {
        foreach (var item in parent.Items(field, "entries"))
        {
            if (item is YamlValue.Map map)
            {
                yield return map;
            }
            else
            {
                problems.Add(CatalogErrors.WrongShape, item.Line, $"{place} is {item.Shape}; it must be a map of {string.Join(", ", ContractShapes.All[shape].Select(f => $"`{f.Name}`"))}");
            }
        }
    }
}
