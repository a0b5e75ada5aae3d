namespace OpenData.Ingest.Commands;

/// <summary>Exit codes of the command line (docs/operations.md).</summary>
internal static class ExitCodes
{
    /// <summary>All went well.</summary>
    internal const int Good = 0;

    /// <summary>Some dataset failed or was blocked, or verify found damage, or the run asked for does not exist.</summary>
    internal const int SomeFailed = 1;

    /// <summary>The command line is wrong.</summary>
    internal const int Usage = 2;

    /// <summary>The catalogue has problems (<c>check</c>); or a dataset asked for is not usable.</summary>
    internal const int CatalogueProblems = 3;

    /// <summary>The state database or a setting stands in the way: nothing was done.</summary>
    internal const int CannotWork = 4;

    /// <summary>Stopped by a signal.</summary>
    internal const int Interrupted = 130;
}
