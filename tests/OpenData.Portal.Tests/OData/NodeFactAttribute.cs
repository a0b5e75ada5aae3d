using System.ComponentModel;
using System.Diagnostics;

namespace OpenData.Portal.Tests.OData;

/// <summary>A fact that needs Node.js; skipped with the reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    private static readonly string? WhyNot = Missing();

    public NodeFactAttribute()
    {
        Skip = WhyNot;
    }

    private static string? Missing()
    {
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", "--version") { UseShellExecute = false, RedirectStandardOutput = true });
            return null;
        }
        catch (Win32Exception)
        {
            return "node is not installed: clients and validators from npm were not asked.";
        }
    }
}
