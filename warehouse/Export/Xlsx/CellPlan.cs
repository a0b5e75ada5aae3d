using OpenData.Catalogs;

namespace OpenData.Warehouse.Export;

/// <summary>
/// What the cells of a column are, decided once from the contract and the range of the whole version, so that every download of a version has
/// the same. What Excel would change becomes text: a number needs 15 digits at most, a day must lie on or after 1900-03-01, and of an instant
/// every microsecond must come back. An unknown range is taken for the worst that the type allows.
/// </summary>
/// <param name="Kind">What the cells are.</param>
/// <param name="Format">Number format, in Excel's code.</param>
/// <param name="Note">The same in words, for the information sheet.</param>
internal sealed record CellPlan(CellKind Kind, string Format, LocalText Note)
{
    /// <summary>Significant digits that Excel keeps.</summary>
    public const int DigitsMax = 15;

    private const long IntegerLimit = 1_000_000_000_000_000;
    private const string TextFormat = "@";
    private const string Fraction = ".000";

    /// <summary>True when the values are numbers too long for Excel.</summary>
    public bool IsLongNumber { get; private init; }

    /// <summary>Zone of the wall clock; null when the cells are no instants.</summary>
    public string? Zone { get; private init; }

    /// <summary>Decides about a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="range">Its bounds in the version; null when unknown.</param>
    /// <param name="timeZone">The dataset's zone, for timestamps.</param>
    public static CellPlan Of(ColumnContract column, ColumnRange? range, string timeZone) => column.Type.Kind switch
    {
        ColumnKind.Boolean => new(CellKind.Boolean, "General", new LocalText("đúng/sai", "true/false")),
        ColumnKind.Integer => Integer(column, range),
        ColumnKind.Decimal => Decimal(column, range),
        ColumnKind.Float => new(CellKind.Float, "General", new LocalText("số thực; NaN, INF và số ngoài khả năng của Excel là văn bản", "binary number; NaN, INF and numbers beyond Excel are text")),
        ColumnKind.Date => Date(range),
        ColumnKind.Time => Time(range),
        ColumnKind.Timestamp => Timestamp(range, column.TimeZone ?? timeZone),
        ColumnKind.Duration => Duration(range),
        ColumnKind.Code => Text(new LocalText("văn bản, giữ số 0 ở đầu", "text, zeros at the front kept")),
        ColumnKind.Geometry => Text(new LocalText("văn bản WKT, WGS 84", "WKT text, WGS 84")),
        ColumnKind.List => Text(new LocalText("văn bản: mảng JSON", "text: a JSON array")),
        ColumnKind.Json => Text(new LocalText("văn bản JSON", "JSON text")),
        _ => Text(new LocalText("văn bản", "text")),
    };

    private static CellPlan Integer(ColumnContract column, ColumnRange? range)
        => Within(range, BoundText.Integer, v => v is > -IntegerLimit and < IntegerLimit) ? Number(column, "") : LongNumber();

    private static CellPlan Decimal(ColumnContract column, ColumnRange? range)
    {
        var (precision, scale) = (column.Type.Precision, column.Type.Scale);
        if (scale > DigitsMax)
        {
            return LongNumber();
        }

        var limit = BoundText.Decimal("1" + new string('0', DigitsMax - scale));
        var fits = range is null ? precision <= DigitsMax : Within(range, BoundText.Decimal, v => Math.Abs(v) < limit);
        return fits ? Number(column, scale == 0 ? "" : "." + new string('0', scale)) : LongNumber();
    }

    // Whole numbers without a unit are years and ranks more often than amounts: 2,025 would be no year.
    private static CellPlan Number(ColumnContract column, string fraction)
        => new(CellKind.Number, (column.Unit is not null || column.Type.Kind == ColumnKind.Decimal ? "#,##0" : "0") + fraction, new LocalText("số", "number"));

    private static CellPlan Date(ColumnRange? range) => Within(range, BoundText.Date, d => d >= new DateOnly(1900, 3, 1))
        ? new(CellKind.Date, "yyyy-mm-dd", new LocalText("ngày", "date"))
        : Text(new LocalText(
            "văn bản ISO 8601, vì có (hoặc có thể có) ngày trước 1900-03-01 mà Excel không ghi được",
            "ISO 8601 text, because days before 1900-03-01, which Excel does not have, are or may be among them"));

    private static CellPlan Time(ColumnRange? range) => Within(range, BoundText.Time, _ => true)
        ? new(CellKind.Time, "hh:mm:ss" + Shown(range), new LocalText("giờ trong ngày (phần của một ngày)", "time of day (part of a day)"))
        : Text(new LocalText(
            "văn bản ISO 8601, vì có (hoặc có thể có) 24:00:00",
            "ISO 8601 text, because 24:00:00 is or may be among them"));

    private static CellPlan Timestamp(ColumnRange? range, string timeZone)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        if (range is not null && (range.Min is null || KeepsInstants(range, new ZoneOffsets(zone))))
        {
            return new(
                CellKind.WallTime,
                "yyyy-mm-dd hh:mm:ss" + Shown(range),
                new LocalText($"ngày giờ địa phương, múi giờ {timeZone}", $"local date and time, zone {timeZone}"))
            {
                Zone = timeZone,
            };
        }

        return Text(new LocalText(
            "văn bản ISO 8601 có độ lệch giờ, vì Excel không giữ được chính xác mọi thời điểm của cột (trước 1900-03-01, sau 2079-06-04, hoặc đồng hồ từng vặn lùi)",
            "ISO 8601 text with offset, because Excel does not, or may not, keep every instant of the column (before 1900-03-01, after 2079-06-04, or clocks were set back)"));
    }

    private static CellPlan Duration(ColumnRange? range)
        => Within(range, BoundText.Duration, v => v is >= 0 and < ExcelDays.Coarse * ValueText.MicrosPerDay)
            ? new(CellKind.Days, "[h]:mm:ss" + Shown(range), new LocalText("khoảng thời gian (số ngày)", "length of time (number of days)"))
            : Text(new LocalText(
                "văn bản ISO 8601, vì có (hoặc có thể có) khoảng âm hoặc từ 65536 ngày",
                "ISO 8601 text, because negative lengths or lengths of 65536 days and more are or may be among them"));

    private static CellPlan LongNumber() => Text(new LocalText(
        "văn bản, vì có (hoặc có thể có) số dài hơn 15 chữ số mà Excel sẽ làm tròn",
        "text, because numbers of more than 15 digits, which Excel would round, are or may be among them")) with
    {
        IsLongNumber = true,
    };

    private static CellPlan Text(LocalText note) => new(CellKind.Text, TextFormat, note);

    // Every instant between the bounds has a wall time of its own that a double holds to the microsecond.
    private static bool KeepsInstants(ColumnRange range, ZoneOffsets offsets)
    {
        if (BoundText.Instant(range.Min) is not { } min || BoundText.Instant(range.Max) is not { } max
            || Clock(min) < ExcelDays.MicrosFirst || Clock(max) >= ExcelDays.MicrosCoarse)
        {
            return false;
        }

        // Clocks are not changed there and back within a day, so one look a day sees every hour that came twice.
        var before = offsets.MinutesAt(min);
        for (var at = min; at < max;)
        {
            at = Math.Min(max, at + ValueText.MicrosPerDay);
            var now = offsets.MinutesAt(at);
            if (now < before)
            {
                return false;
            }

            before = now;
        }

        return true;

        long Clock(long micros) => micros + (offsets.MinutesAt(micros) * 60_000_000L);
    }

    private static bool Within<T>(ColumnRange? range, Func<string?, T?> parse, Func<T, bool> fits)
        where T : struct
        => range is not null && (range.Min is null || (parse(range.Min) is { } min && parse(range.Max) is { } max && fits(min) && fits(max)));

    // What a person sees: thousandths where a bound has a part of a second. The number in the cell is exact either way.
    private static string Shown(ColumnRange? range)
        => BoundText.HasFraction(range?.Min) || BoundText.HasFraction(range?.Max) ? Fraction : "";
}
