using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using DuckDB.NET.Native;

namespace OpenData.Warehouse.Engine;

/// <summary>
/// A function of our own that SQL of one engine can call: a value for each row, from up to 2,048 rows at a time. DuckDB calls it from several
/// threads at once.
/// </summary>
internal sealed unsafe class ScalarFunction
{
    private readonly ResultColumn[] _arguments;
    private readonly ResultColumn _result;
    private readonly Action<ResultChunk, ChunkColumn> _body;
    private Exception? _failure;

    private ScalarFunction(ResultColumn[] arguments, ResultColumn result, Action<ResultChunk, ChunkColumn> body)
    {
        _arguments = arguments;
        _result = result;
        _body = body;
    }

    /// <summary>Makes the function known to all of the engine, for as long as it lives.</summary>
    /// <param name="engine">Who is to know it.</param>
    /// <param name="name">Its name in SQL.</param>
    /// <param name="arguments">How the arguments lie in memory; null among them is for the body to see.</param>
    /// <param name="result">How its values lie in memory.</param>
    /// <param name="body">Sets every row of the result, or leaves it null, from the rows of the arguments.</param>
    public static ScalarFunction Register(
        DuckDbEngine engine, string name, IReadOnlyList<PhysicalKind> arguments, PhysicalKind result, Action<ResultChunk, ChunkColumn> body)
    {
        var made = new ScalarFunction([.. arguments.Select(kind => new ResultColumn("", kind))], new ResultColumn(name, result), body);
        var function = NativeMethods.ScalarFunction.DuckDBCreateScalarFunction();
        try
        {
            NativeMethods.ScalarFunction.DuckDBScalarFunctionSetName(function, name);
            foreach (var kind in arguments)
            {
                using var argument = NativeMethods.LogicalType.DuckDBCreateLogicalType(TypeOf(kind));
                NativeMethods.ScalarFunction.DuckDBScalarFunctionAddParameter(function, argument);
            }

            using var type = NativeMethods.LogicalType.DuckDBCreateLogicalType(TypeOf(result));
            NativeMethods.ScalarFunction.DuckDBScalarFunctionSetReturnType(function, type);
            NativeMethods.ScalarFunction.DuckDBScalarFunctionSetSpecialHandling(function);
            NativeMethods.ScalarFunction.DuckDBScalarFunctionSetExtraInfo(function, GCHandle.ToIntPtr(GCHandle.Alloc(made)), &Release);
            NativeMethods.ScalarFunction.DuckDBScalarFunctionSetFunction(function, &Call);
            using var connection = engine.Connect();
            if (!NativeMethods.ScalarFunction.DuckDBRegisterScalarFunction(connection.Native, function).IsSuccess())
            {
                throw new InvalidOperationException($"DuckDB does not take the function {name}.");
            }
        }
        finally
        {
            NativeMethods.ScalarFunction.DuckDBDestroyScalarFunction(ref function);
        }

        return made;
    }

    /// <summary>Call when a statement failed: throws what the body threw, if it did; DuckDB knows no more of it than its text.</summary>
    public void ThrowFailure()
    {
        if (_failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Call(IntPtr info, IntPtr input, IntPtr output)
    {
        // Nothing may be thrown through frames that are not ours.
        var function = (ScalarFunction)GCHandle.FromIntPtr(NativeMethods.ScalarFunction.DuckDBScalarFunctionGetExtraInfo(info)).Target!; // never weak
        try
        {
            using var borrowed = new DuckDBDataChunk(input);
            var chunk = new ResultChunk(function._arguments);
            chunk.Load(borrowed);
            var column = new ChunkColumn(function._result);
            column.Bind(output);
            function._body(chunk, column);
        }
        catch (Exception failure)
        {
            Interlocked.CompareExchange(ref function._failure, failure, null);
            NativeMethods.ScalarFunction.DuckDBScalarFunctionSetError(info, failure.Message);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Release(IntPtr function) => GCHandle.FromIntPtr(function).Free();

    private static DuckDBType TypeOf(PhysicalKind kind) => kind switch
    {
        PhysicalKind.Utf8 => DuckDBType.Varchar,
        PhysicalKind.Blob => DuckDBType.Blob,
        PhysicalKind.Double => DuckDBType.Double,
        PhysicalKind.Int64 => DuckDBType.BigInt,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No function of ours takes or gives this kind."),
    };
}
