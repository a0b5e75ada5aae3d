namespace OpenData.Ingest.Tests.Commands;

/// <summary>A theory that needs injected I/O faults; skipped with the reason where they cannot be made.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class IoFaultTheoryAttribute : TheoryAttribute
{
    public IoFaultTheoryAttribute()
    {
        Skip = IoFault.WhyNot;
    }
}
