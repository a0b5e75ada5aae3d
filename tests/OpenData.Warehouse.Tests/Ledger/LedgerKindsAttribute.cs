using System.Reflection;
using Xunit.Sdk;

namespace OpenData.Warehouse.Tests.Ledger;

/// <summary>Runs a theory on SQLite, and on PostgreSQL where it can be started.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LedgerKindsAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
        => PostgresServer.WhyNot is null ? [["sqlite"], ["postgresql"]] : [["sqlite"]];
}
