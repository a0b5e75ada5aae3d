using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Engine;

/// <summary>Files that are attached to an engine for a while; disposing detaches them.</summary>
/// <param name="engine">The engine.</param>
internal sealed class Attachments(DuckDbEngine engine) : IDisposable
{
    private readonly List<string> _aliases = [];

    /// <summary>Attaches a database file for reading.</summary>
    public void AddReadOnly(string path, string alias)
    {
        engine.AttachReadOnly(path, alias);
        _aliases.Add(alias);
    }

    /// <summary>Creates or opens a file for writing with the storage settings that published files have.</summary>
    public void AddForWriting(string path, string alias)
    {
        engine.AttachForWriting(path, alias);
        _aliases.Add(alias);
    }

    /// <summary>Detaches one now; what its closing meets is thrown.</summary>
    public void Detach(string alias)
    {
        _aliases.Remove(alias);
        engine.Detach(alias);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var alias in _aliases)
        {
            try
            {
                engine.Detach(alias);
            }
            catch (OpenDataException)
            {
                // Only after a statement that broke the engine, and that one says more. The engine goes with its run.
            }
        }
    }
}
