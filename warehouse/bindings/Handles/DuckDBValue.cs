using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace DuckDB.NET.Native;

/// <summary>One value: made to be bound, or received as a parameter of a table function.</summary>
public sealed class DuckDBValue() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true), IDuckDBValueReader
{
    private DuckDBValue[] _children = [];

    public bool IsNull() => NativeMethods.Value.DuckDBIsNullValue(this);

    /// <summary>Reads the value; the CLR type must be the one that DuckDB's type maps to.</summary>
    public T GetValue<T>() => (T)Boxed();

    /// <summary>Disposes the parts of a list with the list: their maker hands them over.</summary>
    internal void Own(DuckDBValue[] children) => _children = children;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var child in _children)
            {
                child.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    protected override bool ReleaseHandle()
    {
        NativeMethods.Value.DuckDBDestroyValue(ref handle);
        return true;
    }

    private object Boxed() => NativeMethods.Value.TypeOf(this) switch
    {
        DuckDBType.Boolean => NativeMethods.Value.DuckDBGetBool(this),
        DuckDBType.TinyInt => NativeMethods.Value.DuckDBGetInt8(this),
        DuckDBType.SmallInt => NativeMethods.Value.DuckDBGetInt16(this),
        DuckDBType.Integer => NativeMethods.Value.DuckDBGetInt32(this),
        DuckDBType.BigInt => NativeMethods.Value.DuckDBGetInt64(this),
        DuckDBType.UnsignedTinyInt => NativeMethods.Value.DuckDBGetUInt8(this),
        DuckDBType.UnsignedSmallInt => NativeMethods.Value.DuckDBGetUInt16(this),
        DuckDBType.UnsignedInteger => NativeMethods.Value.DuckDBGetUInt32(this),
        DuckDBType.UnsignedBigInt => NativeMethods.Value.DuckDBGetUInt64(this),
        DuckDBType.HugeInt => NativeMethods.Value.DuckDBGetHugeInt(this).ToBigInteger(),
        DuckDBType.UnsignedHugeInt => NativeMethods.Value.DuckDBGetUHugeInt(this).ToBigInteger(),
        DuckDBType.Float => NativeMethods.Value.DuckDBGetFloat(this),
        DuckDBType.Double => NativeMethods.Value.DuckDBGetDouble(this),
        DuckDBType.Decimal => decimal.Parse(NativeMethods.Value.DuckDBGetVarchar(this), CultureInfo.InvariantCulture),
        DuckDBType.Uuid => Guid.Parse(NativeMethods.Value.DuckDBGetVarchar(this), CultureInfo.InvariantCulture),
        DuckDBType.Varchar => NativeMethods.Value.DuckDBGetVarchar(this),
        DuckDBType.Date => (DateOnly)DuckDBDateOnly.FromDuckDBDate(NativeMethods.Value.DuckDBGetDate(this)),
        DuckDBType.Time => (TimeOnly)NativeMethods.DateTimeHelpers.DuckDBFromTime(NativeMethods.Value.DuckDBGetTime(this)),
        DuckDBType.Timestamp => DuckDBTimestamp.FromDuckDBTimestampStruct(NativeMethods.Value.DuckDBGetTimestamp(this)).ToDateTime(),
        DuckDBType.Interval => (TimeSpan)NativeMethods.Value.DuckDBGetInterval(this),
        var type => throw new NotSupportedException($"A parameter of type {type} cannot be read."),
    };
}
