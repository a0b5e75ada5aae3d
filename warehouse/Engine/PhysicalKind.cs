namespace OpenData.Warehouse.Engine;

/// <summary>How the values of a vector lie in memory, and so which accessor reads them.</summary>
public enum PhysicalKind
{
    /// <summary>One byte, 0 or 1: <c>Values&lt;byte&gt;</c>.</summary>
    Boolean,

    /// <summary><see cref="sbyte"/>.</summary>
    Int8,

    /// <summary><see cref="short"/>.</summary>
    Int16,

    /// <summary><see cref="int"/>.</summary>
    Int32,

    /// <summary><see cref="long"/>.</summary>
    Int64,

    /// <summary><see cref="System.Int128"/>; what a sum of whole numbers gives.</summary>
    Int128,

    /// <summary><see cref="byte"/>.</summary>
    UInt8,

    /// <summary><see cref="ushort"/>.</summary>
    UInt16,

    /// <summary><see cref="uint"/>.</summary>
    UInt32,

    /// <summary><see cref="ulong"/>.</summary>
    UInt64,

    /// <summary><see cref="System.UInt128"/>.</summary>
    UInt128,

    /// <summary><see cref="float"/>.</summary>
    Float,

    /// <summary><see cref="double"/>.</summary>
    Double,

    /// <summary>Decimal of up to 4 digits in a <see cref="short"/>.</summary>
    Decimal16,

    /// <summary>Decimal of up to 9 digits in an <see cref="int"/>.</summary>
    Decimal32,

    /// <summary>Decimal of up to 18 digits in a <see cref="long"/>.</summary>
    Decimal64,

    /// <summary>Decimal of up to 38 digits in an <see cref="System.Int128"/>.</summary>
    Decimal128,

    /// <summary>Text as UTF-8: <c>Utf8(row)</c>.</summary>
    Utf8,

    /// <summary>Bytes: <c>Blob(row)</c>.</summary>
    Blob,

    /// <summary>Days since 1970-01-01 in an <see cref="int"/>.</summary>
    Date,

    /// <summary>Microseconds since midnight in a <see cref="long"/>.</summary>
    Time,

    /// <summary>Microseconds since 1970-01-01T00:00:00Z in a <see cref="long"/>.</summary>
    Timestamp,

    /// <summary>UUID: <c>GuidAt(row)</c>.</summary>
    Uuid,

    /// <summary>Place and number of a list's values in the vector of all of them: <c>Items</c>, <c>ItemsAt(row)</c>.</summary>
    List,
}
