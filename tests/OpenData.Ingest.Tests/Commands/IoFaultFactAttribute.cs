namespace OpenData.Ingest.Tests.Commands;

/// <summary>A fact that needs injected I/O faults; skipped with the reason where they cannot be made.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class IoFaultFactAttribute : FactAttribute
{
    public IoFaultFactAttribute()
    {
        Skip = IoFault.WhyNot;
    }
}
