namespace OpenData.Warehouse.Tests.Ledger;

/// <summary>A fact that needs PostgreSQL; skipped with the reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        Skip = PostgresServer.WhyNot;
    }
}
