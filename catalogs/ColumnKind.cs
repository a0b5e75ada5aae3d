namespace OpenData.Catalogs;

/// <summary>The logical types of the contracts.</summary>
public enum ColumnKind
{
    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>64-bit signed whole number.</summary>
    Integer,

    /// <summary>Exact number with declared precision (1 to 38) and scale.</summary>
    Decimal,

    /// <summary>64-bit binary floating point.</summary>
    Float,

    /// <summary>Text in NFC.</summary>
    Text,

    /// <summary>Text that names something: never a number, so leading zeros survive.</summary>
    Code,

    /// <summary>A calendar day without zone; never shifted.</summary>
    Date,

    /// <summary>A time of day, microseconds.</summary>
    Time,

    /// <summary>An instant, microseconds, stored in UTC and shown with the contract's zone.</summary>
    Timestamp,

    /// <summary>A length of time in microseconds.</summary>
    Duration,

    /// <summary>A UUID.</summary>
    Uuid,

    /// <summary>A geometry, stored as WKB (WGS 84).</summary>
    Geometry,

    /// <summary>A JSON value kept as text.</summary>
    Json,

    /// <summary>Any number of values of one scalar type, in order; without gaps.</summary>
    List,
}
