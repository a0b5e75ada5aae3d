namespace OpenData.Warehouse.Query.Expressions;

/// <summary>What kind of value an expression gives.</summary>
public enum ValueKind
{
    /// <summary>The literal null, of no type.</summary>
    Null,

    /// <summary>True, false or unknown.</summary>
    Boolean,

    /// <summary>64-bit whole number.</summary>
    Integer,

    /// <summary>Exact number of at most 38 digits.</summary>
    Decimal,

    /// <summary>64-bit binary floating point.</summary>
    Double,

    /// <summary>Text in NFC, compared by code point.</summary>
    Text,

    /// <summary>A calendar day.</summary>
    Date,

    /// <summary>A time of day in microseconds.</summary>
    TimeOfDay,

    /// <summary>A point in time in microseconds.</summary>
    Instant,

    /// <summary>A length of time in microseconds.</summary>
    Duration,

    /// <summary>A UUID.</summary>
    Guid,

    /// <summary>A WGS 84 point.</summary>
    Point,

    /// <summary>Any other geometry.</summary>
    Geometry,

    /// <summary>A list of values.</summary>
    List,
}
