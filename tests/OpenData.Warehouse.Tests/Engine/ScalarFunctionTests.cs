using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Tests.Engine;

public sealed class ScalarFunctionTests : IDisposable
{
    private readonly DuckDbEngine _engine = DuckDbEngine.InMemory(EngineFixture.Options);

    [Fact]
    public void A_function_of_ours_gives_every_row_its_value_on_several_threads()
    {
        ScalarFunction.Register(_engine, "joined", [PhysicalKind.Utf8, PhysicalKind.Utf8], PhysicalKind.Utf8, static (cells, to) =>
        {
            for (var row = 0; row < cells.RowCount; row++)
            {
                if (cells[0].IsNull(row))
                {
                    to.SetNull(row);
                }
                else if (!cells[1].IsNull(row))
                {
                    to.SetUtf8(row, [.. cells[0].Utf8(row), .. cells[1].Utf8(row)]);
                }
            }
        });
        _engine.Run(
            "CREATE TABLE t AS SELECT CASE WHEN i % 7 = 0 THEN NULL ELSE 'một chữ dài hơn mười hai byte ' || i END AS a, CASE WHEN i % 5 = 0 THEN NULL ELSE 'đ' END AS b FROM range(300000) r(i)");

        Assert.Equal(
            0,
            _engine.Count("SELECT count(*) FROM t WHERE joined(a, b) IS DISTINCT FROM CASE WHEN a IS NULL THEN NULL WHEN b IS NULL THEN '' ELSE a || b END"));

        // Constants come as one row and a column of a dictionary as it is stored; the body sees plain rows.
        Assert.Equal(300_000, _engine.Count("SELECT count(*) FROM t WHERE joined('x', 'y') = 'xy'"));
        Assert.Equal(1, _engine.Count("SELECT count(*) FROM (SELECT 1 WHERE joined(NULL, 'y') IS NULL)"));
    }

    [Fact]
    public void What_a_function_throws_reaches_who_asks_for_it_and_the_engine_goes_on()
    {
        var function = ScalarFunction.Register(_engine, "half", [PhysicalKind.Int64], PhysicalKind.Double, static (cells, to) =>
        {
            for (var row = 0; row < cells.RowCount; row++)
            {
                var number = cells[0].Int64At(row);
                to.SetDouble(row, number % 2 == 0 ? number / 2.0 : throw new InvalidDataException($"{number} is odd: 'ơ'"));
            }
        });
        function.ThrowFailure();

        var refused = Assert.Throws<OpenDataException>(() => _engine.Count("SELECT sum(half(i))::BIGINT FROM range(100001) r(i) WHERE i % 2 = 0 OR i > 99998"));

        Assert.Equal(EngineErrors.QueryFailed, refused.Code);
        Assert.Contains("odd", Assert.Throws<InvalidDataException>(function.ThrowFailure).Message, StringComparison.Ordinal);
        Assert.False(_engine.IsBroken);
        Assert.Equal(5, _engine.Count("SELECT half(10)::BIGINT"));
    }

    [Fact]
    public void A_function_is_let_go_with_its_engine()
    {
        var forgotten = Forget();

        for (var i = 0; i < 10 && forgotten.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(forgotten.IsAlive);
    }

    public void Dispose() => _engine.Dispose();

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference Forget()
    {
        using var engine = DuckDbEngine.InMemory(EngineFixture.Options);
        var function = ScalarFunction.Register(engine, "one", [PhysicalKind.Int64], PhysicalKind.Int64, static (cells, to) => to.SetInt64(0, 1));
        Assert.Equal(1, engine.Count("SELECT one(7)"));
        return new WeakReference(function);
    }
}
