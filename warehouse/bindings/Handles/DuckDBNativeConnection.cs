using Microsoft.Win32.SafeHandles;

namespace DuckDB.NET.Native;

/// <summary>A connection: one transaction and one running query at a time.</summary>
public sealed class DuckDBNativeConnection() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    /// <summary>Asks the running query to stop; safe from any thread.</summary>
    public void Interrupt() => NativeMethods.Startup.DuckDBInterrupt(this);

    protected override bool ReleaseHandle()
    {
        NativeMethods.Startup.DuckDBDisconnect(ref handle);
        return true;
    }
}
