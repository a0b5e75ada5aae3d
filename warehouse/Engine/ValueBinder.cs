using System.Runtime.InteropServices;
using System.Text;
using DuckDB.NET.Native;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Engine;

/// <summary>CLR values → bound parameters. The set of types is closed: see <see cref="SqlText"/>.</summary>
internal static partial class ValueBinder
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void Bind(DuckDBPreparedStatement statement, IReadOnlyList<object?> values)
    {
        var wanted = NativeMethods.PreparedStatements.DuckDBParams(statement);
        if (wanted != values.Count)
        {
            throw new ArgumentException($"The statement has {wanted} parameters but {values.Count} values were given.", nameof(values));
        }

        for (var index = 0; index < values.Count; index++)
        {
            using var value = Create(values[index]);
            if (!NativeMethods.PreparedStatements.DuckDBBindValue(statement, index + 1, value).IsSuccess())
            {
                throw new ArgumentException($"Parameter ${index + 1} could not be bound.", nameof(values));
            }
        }
    }

    private static DuckDBValue Create(object? value) => value switch
    {
        null => NativeMethods.Value.DuckDBCreateNullValue(),
        bool flag => NativeMethods.Value.DuckDBCreateBool(flag),
        int number => NativeMethods.Value.DuckDBCreateInt64(number),
        long number => NativeMethods.Value.DuckDBCreateInt64(number),
        Int128 number => NativeMethods.Value.DuckDBCreateHugeInt(HugeInt(unchecked((UInt128)number))),
        double number => NativeMethods.Value.DuckDBCreateDouble(number),
        decimal number => Decimal(DecimalValue.From(number)),
        DecimalValue number => Decimal(number),
        string text => Text(text),
        DateOnly date => NativeMethods.Value.DuckDBCreateDate(new DuckDBDate { Days = EngineTime.Days(date) }),
        TimeOnly time => NativeMethods.Value.DuckDBCreateTime(new DuckDBTime { Micros = EngineTime.Micros(time) }),
        DateTime instant => NativeMethods.Value.DuckDBCreateTimestamp(new DuckDBTimestampStruct { Micros = EngineTime.Micros(instant) }),
        Guid id => Uuid(id),
        byte[] bytes => NativeMethods.Value.DuckDBCreateBlob(bytes, bytes.Length),
        _ => throw new ArgumentException($"Values of type {value.GetType().Name} cannot be bound.", nameof(value)),
    };

    // The narrowest decimal: a wide one would make DuckDB widen the column instead of the constant.
    private static DuckDBValue Decimal(DecimalValue number)
        => NativeMethods.Value.DuckDBCreateDecimal(
            new DuckDBDecimal((byte)Math.Max(number.Digits, number.Scale), (byte)number.Scale, HugeInt(unchecked((UInt128)number.Unscaled))));

    // By length, so that a NUL character stays part of the text.
    private static unsafe DuckDBValue Text(string text)
    {
        var bytes = StrictUtf8.GetBytes(text);
        fixed (byte* first = bytes)
        {
            byte none = 0;
            return CreateVarchar(first is null ? &none : first, (ulong)bytes.Length);
        }
    }

    // This function takes the plain 128 bits; only vectors hold them with the top bit flipped.
    private static DuckDBValue Uuid(Guid id) => NativeMethods.Value.DuckDBCreateUuid(HugeInt(EngineUuid.Bits(id)));

    private static DuckDBHugeInt HugeInt(UInt128 bits) => new((ulong)bits, unchecked((long)(ulong)(bits >> 64)));

    // Declared here because the upstream bindings, which may stand in for ours, lack it.
    [LibraryImport("duckdb", EntryPoint = "duckdb_create_varchar_length")]
    private static unsafe partial DuckDBValue CreateVarchar(byte* text, ulong length);
}
