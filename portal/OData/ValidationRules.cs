using System.Globalization;
using System.Text;
using System.Xml;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Vocabularies;
using OpenData.Catalogs;
using static OpenData.Portal.OData.Vocabulary;

namespace OpenData.Portal.OData;

/// <summary>The contract's rules of a column as annotations of its property, where every published value keeps them.</summary>
internal static class ValidationRules
{
    /// <summary>
    /// True when the contract's rules hold for all rows: rows that are appended or merged stay beside those of earlier versions, which were
    /// judged by the rules of their time.
    /// </summary>
    public static bool HoldFor(DatasetContract contract) => contract.Load == LoadMode.Replace;

    /// <summary>Annotates the property. What a rule says of a list it says of each value, which the terms cannot express.</summary>
    public static void Add(EdmModel model, IEdmProperty property, ColumnContract column, DatasetContract contract)
    {
        if (!HoldFor(contract) || column.Type.Kind == ColumnKind.List)
        {
            return;
        }

        var zone = column.TimeZone ?? contract.TimeZone;
        Say("Minimum", column.Min is { } min ? Bound(column.Type.Kind, min, zone) : null);
        Say("Maximum", column.Max is { } max ? Bound(column.Type.Kind, max, zone) : null);
        Say("Pattern", column.Type.Kind is ColumnKind.Text or ColumnKind.Code && SharedPattern.Of(column.Matches) is { } pattern
            ? new EdmStringConstant(pattern)
            : null);
        Say("AllowedValues", column.OneOf is { } values ? new EdmCollectionExpression(values.Select(v => Allowed(column.Type.Kind, v))) : null);

        void Say(string term, IEdmExpression? value)
        {
            if (value is not null)
            {
                Annotate(model, property, Validation, term, value);
            }
        }
    }

    private static EdmRecordExpression Allowed(ColumnKind kind, string value) => Record(
        Validation,
        "AllowedValue",
        ("Value", Bound(kind, value, "") ?? new EdmStringConstant(value.Trim().Normalize(NormalizationForm.FormC))));

    /// <summary>The value as a constant of the column's type; null for types without order and digits that .NET cannot hold.</summary>
    private static IEdmExpression? Bound(ColumnKind kind, string text, string zone)
    {
        var culture = CultureInfo.InvariantCulture;
        return kind switch
        {
            ColumnKind.Integer => new EdmIntegerConstant(long.Parse(text, culture)),
            ColumnKind.Decimal => decimal.TryParse(text, NumberStyles.Number, culture, out var exact) ? new EdmDecimalConstant(exact) : null,
            ColumnKind.Float => new EdmFloatingConstant(double.Parse(text, culture)),
            ColumnKind.Date => new EdmDateConstant(Date.Parse(text, culture)),
            ColumnKind.Time => new EdmTimeOfDayConstant(TimeOnly.Parse(text, culture).ToTimeSpan()),
            ColumnKind.Timestamp => new EdmDateTimeOffsetConstant(Instant(text, zone)),
            ColumnKind.Duration => new EdmDurationConstant(XmlConvert.ToTimeSpan(text)),
            _ => null,
        };
    }

    /// <summary>Without an offset it is the clock of the column's zone, as for the values.</summary>
    private static DateTimeOffset Instant(string text, string zone)
    {
        var moment = DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
        var clock = TimeZoneInfo.FindSystemTimeZoneById(zone);
        return moment.Kind == DateTimeKind.Utc
            ? TimeZoneInfo.ConvertTime(new DateTimeOffset(moment), clock)
            : new DateTimeOffset(moment, clock.GetUtcOffset(moment));
    }
}
