namespace OpenData.Portal.Tests.OData;

/// <summary>A theory that needs Node.js; skipped with the reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeTheoryAttribute : TheoryAttribute
{
    public NodeTheoryAttribute()
    {
        Skip = new NodeFactAttribute().Skip;
    }
}
