namespace OpenData.Warehouse.Query.Expressions;

/// <summary>The canonical functions that queries may call: an allow-list.</summary>
public enum Function
{
    /// <summary><c>contains(text,part)</c>.</summary>
    Contains,

    /// <summary><c>startswith(text,head)</c>.</summary>
    StartsWith,

    /// <summary><c>endswith(text,tail)</c>.</summary>
    EndsWith,

    /// <summary><c>indexof(text,part)</c>: zero-based code point, −1 when absent.</summary>
    IndexOf,

    /// <summary><c>length(text)</c> in code points.</summary>
    Length,

    /// <summary><c>substring(text,start[,length])</c>: zero-based; a negative start counts from the end.</summary>
    Substring,

    /// <summary><c>tolower(text)</c>.</summary>
    ToLower,

    /// <summary><c>toupper(text)</c>.</summary>
    ToUpper,

    /// <summary><c>trim(text)</c>.</summary>
    Trim,

    /// <summary><c>concat(text,text)</c>.</summary>
    Concat,

    /// <summary><c>matchesPattern(text,'RE2')</c>.</summary>
    MatchesPattern,

    /// <summary><c>year</c>.</summary>
    Year,

    /// <summary><c>month</c>.</summary>
    Month,

    /// <summary><c>day</c>.</summary>
    Day,

    /// <summary><c>hour</c>.</summary>
    Hour,

    /// <summary><c>minute</c>.</summary>
    Minute,

    /// <summary><c>second</c>, whole.</summary>
    Second,

    /// <summary><c>fractionalseconds</c>, a decimal below one.</summary>
    FractionalSeconds,

    /// <summary><c>date(instant)</c> in the contract's zone.</summary>
    Date,

    /// <summary><c>time(instant)</c> in the contract's zone.</summary>
    Time,

    /// <summary><c>totaloffsetminutes(instant)</c>.</summary>
    TotalOffsetMinutes,

    /// <summary><c>totalseconds(duration)</c>.</summary>
    TotalSeconds,

    /// <summary><c>round</c>, halves away from zero.</summary>
    Round,

    /// <summary><c>floor</c>.</summary>
    Floor,

    /// <summary><c>ceiling</c>.</summary>
    Ceiling,

    /// <summary><c>geo.distance(point column, point)</c> in metres on the sphere.</summary>
    GeoDistance,
}
